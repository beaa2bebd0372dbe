import {isPublic, type PastCommit, pastOf, type Subscriber} from './subscription.ts'

/**
 * What a dataset's public followers have heard of: the commits that changed a document which
 * everybody may read. A caller who comes back says what they heard last, and how that is answered
 * must not tell how many other commits there were. So the public's events are counted by themselves,
 * and looked up here instead of in history. Begins anew with the dataset: a caller who heard
 * something before that starts afresh.
 */
export interface PublicCommits {
  /** Names the last public commit: opaque, and the same however many others follow. */
  lastId(): string
  /** An event about the last public commit, under its id; made once for all who get it. */
  named(event: Uint8Array): Uint8Array
  /**
   * The commits from the named one on, oldest first; null when it is unknown, not public or too long
   * ago.
   */
  since(transactionId: string): readonly PastCommit[] | null
}

/** More missed commits than this are not told one by one. */
export const MAX_MISSED_COMMITS = 1000

/** To be called before others subscribe: they are told of a commit when it has been counted. */
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
    // Not at each commit: moving a thousand entries costs more than keeping as many again.
    if (recent.length > 2 * MAX_MISSED_COMMITS) recent = recent.slice(-MAX_MISSED_COMMITS)
  }

  commits.subscribe({
    onCommit: (commit) => {
      if (isPublic(commit)) note(pastOf(commit))
    },
    remote: {
      subscription: {kind: 'public'},
      notify: (told) => {
        const commit: PastCommit = JSON.parse(Buffer.from(told).toString())
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
    named: (event) => {
      if (last?.event !== event) {
        last = {event, named: Buffer.concat([Buffer.from(`id: ${run}-${count}\n`), event])}
      }
      return last.named
    },
    since: (transactionId) => {
      const kept = recent.slice(-MAX_MISSED_COMMITS)
      const at = kept.findIndex((commit) => commit.transactionId === transactionId)
      return at < 0 ? null : kept.slice(at)
    },
  }
}
