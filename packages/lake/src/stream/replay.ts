/**
 * Replays the commits that a listener missed while it was not connected, from history. A listener's
 * position is the id of the last event that it received: `<transaction>#<document>`, or
 * `<transaction>#` after a whole transaction.
 */
import type {Commit, DocumentChange} from '../core/commit.ts'
import {isPrivateId} from '../core/ids.ts'
import type {History, StateChange} from '../store/history/storedHistory.ts'
import {MAX_MISSED_COMMITS, type PublicCommits} from './publicCommits.ts'
import type {PastCommit} from './subscription.ts'

/** The parts of a dataset that a replay needs. */
export interface ReplaySource {
  readonly name: string
  readonly store: {readonly history: History}
  readonly publicCommits: PublicCommits
}

/**
 * The position after the last commit, for a listener that begins now. Without it, a listener that is
 * cut off before its first event could not resume.
 * @param includePrivate Whether the listener may read every document; otherwise the position is that
 *   of the last public commit.
 * @returns Undefined when there is no commit yet.
 */
export const presentPosition = (
  {store: {history}, publicCommits}: ReplaySource,
  includePrivate: boolean,
): string | undefined => {
  const last = includePrivate
    ? history.next(history.last() - 1)?.id
    : publicCommits.latest()?.transactionId
  return last === undefined ? undefined : `${last}#`
}

/**
 * The commits after the last event that a listener received, oldest first; the first one without the
 * changes that it received. Each is read from the file only when it is needed.
 * @param lastEventId The position of the listener.
 * @param includePrivate Whether the listener may read every document. Otherwise the result depends on
 *   public commits alone.
 * @returns Null when the event is unknown or too old.
 */
export const commitsSince = (
  {name, store: {history}, publicCommits}: ReplaySource,
  lastEventId: string,
  includePrivate: boolean,
): Iterable<Commit> | null => {
  const hash = lastEventId.indexOf('#')
  if (hash === -1) return null
  const transactionId = lastEventId.slice(0, hash)
  const lastDocument = lastEventId.slice(hash + 1)
  if (isPrivateId(lastDocument) && !includePrivate) return null
  const commits = includePrivate
    ? commitsFrom(history, transactionId)
    : publicCommits.since(transactionId)
  // Commits that were purged or trimmed from history cannot be replayed.
  const seen = history.transaction(transactionId)
  if (commits === null || seen === undefined) return null
  const sawAll = lastDocument === ''
  if (!sawAll && !seen.documentIds.includes(lastDocument)) return null
  return {
    *[Symbol.iterator]() {
      for (const commit of commits) {
        if (sawAll && commit.sequence === seen.sequence) continue
        const changes = history.changes(commit.sequence)
        const unseen =
          commit.sequence === seen.sequence
            ? changes.slice(changes.findIndex((change) => change.id === lastDocument) + 1)
            : changes
        yield {...commit, dataset: name, changes: unseen.map(asChange)}
      }
    },
  }
}

const commitsFrom = (history: History, transactionId: string): readonly PastCommit[] | null => {
  const first = history.transaction(transactionId)
  if (first === undefined) return null
  const limit = MAX_MISSED_COMMITS + 1
  const found = [...history.transactions({fromSequence: first.sequence, limit})]
  if (found.length === limit) return null
  return found.map(({id, sequence, timestamp, author}) => ({
    transactionId: id,
    sequence,
    timestamp,
    author,
  }))
}

/** History keeps states, not the mutations that were sent, so one mutation with the same effect is used. */
const asChange = ({id, before, after}: StateChange): DocumentChange => ({
  id,
  before,
  after,
  mutations: [after === null ? {delete: {id}} : {createOrReplace: after}],
})
