/**
 * The public commits of a dataset: those that changed a document which every reader may see. A
 * reader without a token who reconnects names the last event it received, and the response must
 * not reveal how many other commits there were. So public events have a count of their own, and
 * are looked up here instead of in history. The count starts again when the dataset is opened; a
 * reader from before then starts from scratch.
 */
import {isPublic, type PastCommit, pastOf, type Subscriber} from './subscription.ts'

export interface PublicCommits {
  /** Id of the last public commit: opaque, and not changed by other commits. */
  lastId(): string
  /** An event about the last public commit, with its id; encoded once for all clients. */
  withId(event: Uint8Array): Uint8Array
  /** The last public commit since the dataset was opened. */
  latest(): PastCommit | undefined
  /**
   * This commit and the later ones, oldest first; null when it is unknown, not public or too old.
   */
  since(transactionId: string): readonly PastCommit[] | null
}

/** Missed commits that are sent again at most. */
export const MAX_MISSED_COMMITS = 1000

/** Call it before others subscribe, so that a commit is counted before they are notified of it. */
export const trackPublicCommits = (
  commits: {subscribe(subscriber: Subscriber): unknown},
  newId: () => string,
): PublicCommits => {
  const run = newId()
  let count = 0
  let recent: PastCommit[] = []
  let last: {readonly event: Uint8Array; readonly named: Uint8Array} | undefined

  const note = (commit: PastCommit): void => {
    count += 1
    last = undefined
    recent.push(commit)
    // Not at every commit: moving a thousand entries costs more than keeping another thousand.
    if (recent.length > 2 * MAX_MISSED_COMMITS) recent = recent.slice(-MAX_MISSED_COMMITS)
  }

  commits.subscribe({
    onCommit: (commit) => {
      if (isPublic(commit)) note(pastOf(commit))
    },
    remote: {
      subscription: {kind: 'public'},
      notify: (json) => {
        const commit: PastCommit = JSON.parse(Buffer.from(json).toString())
        note(commit)
      },
    },
    onLoss: () => {
      count += 1
      recent = []
    },
  })

  return {
    lastId: () => `${run}-${count}`,
    withId: (event) => {
      if (last?.event !== event) {
        last = {event, named: Buffer.concat([Buffer.from(`id: ${run}-${count}\n`), event])}
      }
      return last.named
    },
    latest: () => recent.at(-1),
    since: (transactionId) => {
      const kept = recent.slice(-MAX_MISSED_COMMITS)
      const at = kept.findIndex((commit) => commit.transactionId === transactionId)
      return at < 0 ? null : kept.slice(at)
    },
  }
}
