/** `GET /data/history/<dataset>/documents/<ids>`: documents as they were at a revision or time. */
import type {StoredDocument} from '../../core/document.ts'
import {badRequest} from '../../core/errors.ts'
import {releaseDocumentId} from '../../core/ids.ts'
import {TIMESTAMP_EXAMPLE, parseTimestamp} from '../../core/timestamp.ts'
import {releaseHolding} from '../../core/variants.ts'
import type {History} from '../../store/history/storedHistory.ts'

/** After a transaction, at a time (ISO 8601), or the last state before a deletion. */
export type PointInTime =
  | {readonly revision: string}
  | {readonly time: string}
  | {readonly lastRevision: true}

/**
 * The documents that existed at that time, each with its revision then. So a client that requests the
 * revision of a draft also gets the published document of that time.
 * @returns An empty array for an unknown revision.
 * @throws LakeError 400 for an invalid time.
 */
export const pastDocuments = (
  history: History,
  ids: readonly string[],
  entry: PointInTime,
): StoredDocument[] => {
  if ('lastRevision' in entry) return ids.flatMap((id) => lastRevision(history, id) ?? [])
  const sequence =
    'time' in entry
      ? history.sequenceAt(utcTime(entry.time))
      : history.transaction(entry.revision)?.sequence
  if (sequence === undefined) return []
  return ids.flatMap((id) => history.documentAt(id, sequence) ?? [])
}

/**
 * The current document or the one before its deletion. A version that went when its release was
 * published has the revision of that transaction: by it the Studio finds what the published document
 * was before the release, and whether it was changed afterwards.
 */
const lastRevision = (history: History, id: string): StoredDocument | undefined => {
  const document = history.lastState(id)
  const name = document && releaseHolding(document)
  const release = name === undefined ? undefined : history.lastState(releaseDocumentId(name))
  if (!document || release?.state !== 'published') return document
  const [last] = history.transactions({documentIds: [id], reverse: true, limit: 1})
  return last?.id === release._rev ? {...document, _rev: last.id} : document
}

const DAY = /^\d{4}-\d\d-\d\d$/

/**
 * Normalises a time to ISO 8601 in UTC with milliseconds, as history compares times. A date alone
 * means midnight in UTC.
 * @throws LakeError 400 for anything else, including a time without a zone.
 */
export const utcTime = (text: string): string => {
  const time = parseTimestamp(DAY.test(text) ? `${text}T00:00:00Z` : text)
  if (time === undefined) {
    throw badRequest(
      `"${text}" is not a date and time with a time zone, such as ${TIMESTAMP_EXAMPLE}`,
    )
  }
  return new Date(time).toISOString()
}
