import {existsSync, statSync} from 'node:fs'
import {dirname} from 'node:path'

import {makePrivateFolder} from '../access/privateFile.ts'
import type {DatasetRecord} from '../access/project.ts'
import {LakeError, unavailable} from '../core/errors.ts'
import {storageFaultKind} from '../store/file/storageFault.ts'

/**
 * A dataset of the project that cannot be used: its file is damaged, or could not be opened. Who
 * asks for it is answered with the reason, and the other datasets go on.
 */
export interface Unopened {
  /** What its requests are answered with. */
  readonly reason: LakeError
  /** Trying again does not help. */
  readonly isDamaged: boolean
  /** By `performance.now()`. */
  readonly since: number
}

/** Milliseconds after which what failed for want of space, memory or files is tried again. */
export const OPENED_AGAIN_AFTER = 1000

/** @param file Of the dataset: clients are not told where the server keeps its files. */
export const unopenedFor = (name: string, file: string | null, error: unknown): Unopened => {
  const since = performance.now()
  const kind = storageFaultKind(error)
  const isDamaged = kind === undefined || kind === 'damaged'
  if (kind === 'full') {
    const full =
      `The dataset "${name}" cannot be opened: the disk is full. ` +
      'Free some space on the disk with the data folder, then ask again.'
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
 * A file that was there once and is gone, or empty, is damage: SQLite would make a new, empty one.
 * @throws LakeError 503 that says so.
 */
export const demandFile = ({name, hasFile}: DatasetRecord, file: string): void => {
  const folder = dirname(file)
  // Earlier lakes made the folder together with the file, when the dataset was first used.
  if (!hasFile && !existsSync(folder)) return makePrivateFolder(folder)
  const size = statSync(file, {throwIfNoEntry: false})?.size
  if (size !== undefined && (size > 0 || !hasFile)) return
  throw unavailable(
    `The file of the dataset "${name}" is ${size === undefined ? 'missing' : 'empty'}. Stop the ` +
      'lake, and put the file back or restore a snapshot; resetting the dataset makes it empty.',
  )
}
