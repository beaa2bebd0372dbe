/**
 * A dataset that cannot be used because its file is damaged or could not be opened. Requests for it get
 * the reason; the other datasets work.
 */
import {existsSync, statSync} from 'node:fs'
import {dirname} from 'node:path'

import {makePrivateFolder} from '../access/privateFile.ts'
import type {DatasetRecord} from '../access/project.ts'
import {LakeError, unavailable} from '../core/errors.ts'
import {storageFaultKind} from '../store/file/storageFault.ts'

export interface UnavailableDataset {
  /** The error for its requests. */
  readonly reason: LakeError
  /** Whether opening it again is useless. */
  readonly isDamaged: boolean
  /** Time of the failure, by `performance.now()`. */
  readonly since: number
}

/** Milliseconds before opening is tried again after a lack of disk space, memory or open files. */
export const OPENED_AGAIN_AFTER = 1000

/** @param file Path of the dataset's file, which is removed from messages: clients must not see it. */
export const unavailableDatasetFor = (
  name: string,
  file: string | null,
  error: unknown,
): UnavailableDataset => {
  const since = performance.now()
  const kind = storageFaultKind(error)
  const isDamaged = kind === undefined || kind === 'damaged'
  if (kind === 'full') {
    const full =
      `The dataset "${name}" cannot be opened: the disk is full. ` +
      'Free some space on the disk with the data folder, then try again.'
    return {reason: unavailable(full, error, 1), isDamaged, since}
  }
  const inner = error instanceof LakeError && error.cause instanceof LakeError ? error.cause : error
  if (inner instanceof LakeError) return {reason: inner, isDamaged, since}
  const message = error instanceof Error ? error.message : String(error)
  const text = file === null ? message : message.replaceAll(file, 'its file')
  const reason = unavailable(`The dataset "${name}" cannot be opened: ${text}`, error)
  return {reason, isDamaged, since}
}

/**
 * Checks that the dataset's file exists and is not empty; SQLite would create a new one.
 * @throws LakeError 503 if it is missing or empty.
 */
export const requireDatasetFile = ({name, hasFile}: DatasetRecord, file: string): void => {
  const folder = dirname(file)
  // Earlier lakes created the folder and the file when the dataset was first used.
  if (!hasFile && !existsSync(folder)) return makePrivateFolder(folder)
  const size = statSync(file, {throwIfNoEntry: false})?.size
  if (size !== undefined && (size > 0 || !hasFile)) return
  throw unavailable(
    `The file of the dataset "${name}" is ${size === undefined ? 'missing' : 'empty'}. Stop the ` +
      'lake, and put the file back or restore a snapshot; resetting the dataset makes it empty.',
  )
}
