/**
 * Turns errors of SQLite and of the file system (full disk, damaged file, no permission) into
 * LakeErrors that name the dataset and say what to do. Otherwise a client could not tell them from a
 * bug in the lake.
 */
import {statfsSync} from 'node:fs'
import {dirname} from 'node:path'

import {insufficientStorage, LakeError, unavailable} from '../../core/errors.ts'

export type StorageFaultKind =
  | 'full'
  | 'input or output'
  | 'memory'
  | 'read-only'
  | 'damaged'
  | 'cannot open'
  | 'busy'

/** Primary result codes (sqlite.org/rescode.html). */
const KINDS: ReadonlyMap<number, StorageFaultKind> = new Map([
  [5, 'busy'],
  [6, 'busy'],
  [7, 'memory'],
  [8, 'read-only'],
  [10, 'input or output'],
  [11, 'damaged'],
  [13, 'full'],
  [14, 'cannot open'],
  [26, 'damaged'],
])

/** The kind of a SQLite error, or of the LakeError made from one; undefined for other errors. */
export const storageFaultKind = (error: unknown): StorageFaultKind | undefined =>
  KINDS.get((resultCodeOf(error) ?? 0) & 0xff)

/** SQLite's result code of such an error; undefined for other errors. */
export const resultCodeOf = (error: unknown): number | undefined => {
  if (!(error instanceof Error)) return undefined
  if ('errcode' in error && typeof error.errcode === 'number') return error.errcode
  return error instanceof LakeError ? resultCodeOf(error.cause) : undefined
}

/** Rebuilds a SQLite error from another thread, which can send only plain values. */
export const sqliteError = (message: string, errcode: number): Error =>
  Object.assign(new Error(message), {errcode})

/**
 * The error to throw in place of a SQLite error: a LakeError of status 507 for a full disk, 503 for
 * the other kinds, with SQLite's error as its cause. Returns other errors unchanged.
 * @param subject The name in the message: `the dataset "production"`.
 * @param file Path of the database.
 */
export const storageFault = (error: unknown, subject: string, file: string): unknown => {
  if (error instanceof LakeError) return error
  switch (storageFaultKind(error)) {
    case 'full':
      return full(subject, error)
    case 'input or output':
      // A full disk shows as an I/O error where SQLite maps or flushes its files.
      return isFull(file)
        ? full(subject, error)
        : unavailable(
            `The disk failed under ${subject} (${reasonOf(error)}). Nothing was changed. ` +
              'Check the disk and the log of the operating system, then try again.',
            error,
          )
    case 'memory':
      return unavailable(`There is too little memory for ${subject}. Try again.`, error, 1)
    case 'read-only':
      return unavailable(
        `The file of ${subject} cannot be written. Nothing was changed. ` +
          'Make the data folder writable for the lake, then try again.',
        error,
      )
    case 'damaged':
      return unavailable(
        `The file of ${subject} is damaged (${reasonOf(error)}). Stop the lake and run ` +
          '`lake check --repair`, or restore a snapshot.',
        error,
      )
    case 'cannot open':
      return unavailable(
        `The file of ${subject} cannot be opened. Look whether the data folder is there, whether ` +
          'the lake may read it, and whether too many files are open.',
        error,
      )
    case 'busy':
      return unavailable(
        `Another process is writing to ${subject}. Nothing was changed. Try again.`,
        error,
        1,
      )
    case undefined:
      return error
  }
}

const full = (subject: string, error: unknown): LakeError =>
  insufficientStorage(
    `The disk is full, so ${subject} was not changed. ` +
      'Free some space on the disk with the data folder, then try again.',
    error,
  )

const reasonOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error)

/** Free bytes below which the disk counts as full: SQLite's files grow in parts of this size. */
const SMALLEST_FREE_BYTES = 64 * 1024

const isFull = (file: string): boolean => {
  if (file === ':memory:') return false
  try {
    const {bavail, bsize} = statfsSync(dirname(file))
    return bavail * bsize < SMALLEST_FREE_BYTES
  } catch {
    return false
  }
}

/**
 * The code of an error, corrected where Node's is misleading. On a read-only disk a recursive mkdir
 * fails with ENOENT. For `rmSync`, and for a thread that cannot open the `package.json` above its
 * program, only the message says what happened.
 */
const codeOf = (error: Error & {readonly code: unknown}): unknown => {
  const syscall = 'syscall' in error ? error.syscall : undefined
  if (syscall === 'mkdir' && error.code === 'ENOENT') return 'EROFS'
  if (/too many open files/i.test(error.message)) return 'EMFILE'
  if (syscall !== 'rm' || error.code !== '') return error.code
  if (/read-only file system/i.test(error.message)) return 'EROFS'
  return /no space left/i.test(error.message) ? 'ENOSPC' : 'EIO'
}

/**
 * The LakeError for an error of the file system, which assets and the project's file use without
 * SQLite, or of a thread or process that could not start. Undefined for any other error.
 */
export const fileFault = (error: unknown): LakeError | undefined => {
  if (!(error instanceof Error) || !('code' in error)) return undefined
  switch (codeOf(error)) {
    case 'ENOSPC':
    case 'EDQUOT':
    case 'EFBIG':
      return insufficientStorage(
        'The disk is full, so nothing was changed. ' +
          'Free some space on the disk with the data folder, then try again.',
        error,
      )
    case 'EROFS':
    case 'EACCES':
    case 'EPERM':
      return unavailable(
        'The data folder cannot be written, so nothing was changed. ' +
          'Make it writable for the lake, then try again.',
        error,
      )
    case 'EIO':
      return unavailable(
        'The disk with the data folder failed. ' +
          'Check it and the log of the operating system, then try again.',
        error,
      )
    case 'EMFILE':
    case 'ENFILE':
      return unavailable(
        'Too many files are open. Raise the limit of open files for the lake, or try again later.',
        error,
        1,
      )
    // Its message has the cause: EMFILE, or EAGAIN at a limit of threads.
    case 'ERR_WORKER_INIT_FAILED':
    case 'EAGAIN':
      return unavailable(
        'No thread or process could be started. Raise the limits of open files and of processes ' +
          'for the lake, or try again later.',
        error,
        1,
      )
    default:
      return undefined
  }
}
