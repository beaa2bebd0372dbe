/**
 * The errors of writes that wait too long, are dropped, or fail on the writer thread. Each says whether
 * anything was written.
 */
import {badRequest, LakeError, temporarilyUnavailable, unavailable} from '../core/errors.ts'
import {isOutOfMemory} from '../core/thread.ts'
import {sqliteError} from '../store/file/storageFault.ts'
import type {WriterReply} from './writerMessages.ts'

/** `Retry-After` for a write that was dropped because of others, in seconds. */
const RETRY_WRITE_AFTER = 5

/** The error in a reply of the writer thread that is not `written`. */
export const failureOf = (reply: WriterReply): Error => {
  if (reply.kind === 'stopped') return closed()
  if (reply.kind !== 'error') return new Error(`The writer thread answered with ${reply.kind}`)
  const {status, message, body, headers, cause, resultCode} = reply
  const original = resultCode === undefined ? cause : sqliteError(String(cause), resultCode)
  return new LakeError(status, message, body, headers, original)
}

export const closed = (): LakeError =>
  temporarilyUnavailable(
    'The dataset is being closed; nothing was written. Send the request again.',
  )

/*
 * These errors are 503, not 429: a Studio sends an edit again after a 503, but gives it up after a
 * 429.
 */
export const late = (patience: number): LakeError =>
  temporarilyUnavailable(
    `The write has waited for other writes to the dataset for more than ${patience / 1000} s; ` +
      'nothing was written. Send the request again, and fewer at once.',
    RETRY_WRITE_AFTER,
  )

export const full = (mostBytes: number): LakeError =>
  temporarilyUnavailable(
    `The writes that wait for the dataset have reached the limit of ${Math.round(mostBytes / 1e6)} MB; ` +
      'nothing was written. Send the request again, and fewer at once.',
    RETRY_WRITE_AFTER,
  )

export const gone = (): LakeError =>
  badRequest('The client disconnected before its request started.')

/** @param isWritten Whether the transaction was committed before the thread failed. */
export const threadFailed = (error: unknown, isWritten: boolean): LakeError => {
  const why = isOutOfMemory(error)
    ? 'The transaction needs too much memory'
    : 'The thread that writes has failed'
  const state = isWritten
    ? 'All of the transaction was written'
    : 'Nothing was written. Send it in smaller parts'
  return unavailable(`${why}. ${state}.`, error)
}
