import type {Commit, DocumentChange} from '../commit.ts'
import type {History, StateChange} from '../store/history.ts'

/** More missed transactions than this are not told one by one: the client starts afresh. */
const MOST = 1000

/**
 * The commits that a listener missed since the event it saw last, oldest first; the first one
 * without the changes that it did see. Each is read from the file when its turn comes.
 * @param lastEventId `<transaction>#<document>`, as the events carry it.
 * @returns Null when the event is unknown or too long ago.
 */
export const commitsSince = (
  history: History,
  dataset: string,
  lastEventId: string,
): Iterable<Commit> | null => {
  const hash = lastEventId.indexOf('#')
  if (hash === -1) return null
  const seen = history.transaction(lastEventId.slice(0, hash))
  if (seen === undefined) return null
  const transactions = [...history.transactions({fromSequence: seen.sequence, limit: MOST + 1})]
  if (transactions.length > MOST) return null
  const lastDocument = lastEventId.slice(hash + 1)
  return {
    *[Symbol.iterator]() {
      for (const {sequence, id, timestamp, author} of transactions) {
        const changes = history.changes(sequence)
        const unseen =
          sequence === seen.sequence
            ? changes.slice(changes.findIndex((change) => change.id === lastDocument) + 1)
            : changes
        yield {
          dataset,
          transactionId: id,
          timestamp,
          author,
          sequence,
          changes: unseen.map(asChange),
        }
      }
    },
  }
}

/** History keeps states, not what was sent; one mutation that has the same effect stands for it. */
const asChange = ({id, before, after}: StateChange): DocumentChange => ({
  id,
  before,
  after,
  mutations: [after === null ? {delete: {id}} : {createOrReplace: after}],
})
