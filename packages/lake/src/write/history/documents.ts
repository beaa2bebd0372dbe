/** `GET /data/history/<dataset>/documents/<ids>`: documents as they were. */
import type {StoredDocument} from '../../core/document.ts'
import type {History} from '../../store/history/storedHistory.ts'
import {utcTime} from './utcTime.ts'

/** When: after a transaction, at a time (ISO 8601), or the last state there was. */
export type Moment =
  | {readonly revision: string}
  | {readonly time: string}
  | {readonly lastRevision: true}

/**
 * The documents that existed then, each with the revision it had: a client that asks for the
 * revision of a draft finds the published document of that moment beside it.
 * @throws 400 for a time that is none. An unknown revision has no documents.
 */
export const historyDocuments = (
  history: History,
  ids: readonly string[],
  moment: Moment,
): StoredDocument[] => {
  if ('lastRevision' in moment) return ids.flatMap((id) => history.lastState(id) ?? [])
  const sequence =
    'time' in moment
      ? history.sequenceAt(utcTime(moment.time))
      : history.transaction(moment.revision)?.sequence
  if (sequence === undefined) return []
  return ids.flatMap((id) => history.documentAt(id, sequence) ?? [])
}
