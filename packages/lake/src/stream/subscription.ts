import type {Commit, DocumentChange} from '../core/commit.ts'
import {isPrivateId, releaseName} from '../core/ids.ts'
import type {DatasetStore} from '../store/datasetStore.ts'
import {commitTags, type LiveScope} from './commitTags.ts'
import {
  type Listener,
  type ListenerOptions,
  listenerEvents,
  createListener,
  encodedEvent,
} from './listener.ts'

/**
 * What somebody who follows a dataset's commits wants to hear, as plain values. A commit that the
 * writer thread made stays there, for it may hold documents by the ten thousand: the thread works
 * out what each subscription is to hear and hands that on in portions.
 */
export type Subscription =
  | {readonly kind: 'listener'; readonly options: ListenerOptions}
  | {readonly kind: 'live'; readonly scope: LiveScope}
  /** Which commit it is, if it changed a document that everybody may read: see `PastCommit`. */
  | {readonly kind: 'public'}
  /** That the commit changed release documents. */
  | {readonly kind: 'releases'}
  /** The whole commit. */
  | {readonly kind: 'commits'}

/** A commit, without what it changed. */
export type PastCommit = Omit<Commit, 'changes' | 'dataset'>

/** Whether a commit changed a document that everybody may read. */
export const isPublic = ({changes}: Commit): boolean => changes.some(({id}) => !isPrivateId(id))

export const pastOf = ({transactionId, timestamp, author, sequence}: Commit): PastCommit => ({
  transactionId,
  timestamp,
  author,
  sequence,
})

/** One piece of news. */
export interface CommitNotification {
  /** Position of the subscription in the list that was asked for. */
  readonly subscription: number
  /** Encoded server-sent events, or nothing where the news is that there is some. */
  readonly events?: Uint8Array
  /** A commit, without its changes, which follow in portions, and then `isWhole`. */
  readonly commit?: Omit<Commit, 'changes'>
  readonly changes?: readonly DocumentChange[]
  readonly isWhole?: true
  /** It cannot be told: why. */
  readonly failure?: string
}

export interface NotificationContext {
  readonly store: Pick<DatasetStore, 'get' | 'idsOfGroup'>
  /** Milliseconds since 1970. */
  now(): number
}

/** Bytes of events, or changes, handed on at once: well below a millisecond's work. */
const PORTION_BYTES = 128 * 1024
const PORTION_CHANGES = 50

/** What each subscription is to hear of the commits, in order, in portions. */
export function* notificationsOf(
  commits: readonly Commit[],
  subscriptions: readonly Subscription[],
  context: NotificationContext,
): Generator<readonly CommitNotification[]> {
  for (const commit of commits) {
    for (const [index, subscription] of subscriptions.entries()) {
      try {
        for (const news of notificationsFor(commit, subscription, context))
          yield [{...news, subscription: index}]
      } catch (error) {
        // A filter that cannot be evaluated on these documents concerns its own listener alone.
        const failure = error instanceof Error ? error.message : String(error)
        yield [{subscription: index, failure}]
      }
    }
  }
}

function* notificationsFor(
  commit: Commit,
  subscription: Subscription,
  context: NotificationContext,
): Generator<Omit<CommitNotification, 'subscription'>> {
  switch (subscription.kind) {
    case 'listener': {
      const listener: Listener = createListener(subscription.options, context.now)
      // A copy, with which what was encoded for one subscription is forgotten.
      yield* inPortions(listenerEvents(listener, {...commit}))
      return
    }
    case 'live': {
      for (const events of liveEvents(context.store, commit, subscription.scope)) yield {events}
      return
    }
    case 'public':
      if (isPublic(commit)) yield {events: Buffer.from(JSON.stringify(pastOf(commit)))}
      return
    case 'releases':
      if (commit.changes.some(({id}) => releaseName(id) !== undefined))
        yield {events: new Uint8Array()}
      return
    case 'commits': {
      const {changes, ...head} = commit
      yield {commit: head}
      for (let start = 0; start < changes.length; start += PORTION_CHANGES) {
        yield {changes: changes.slice(start, start + PORTION_CHANGES)}
      }
      yield {isWhole: true}
    }
  }
}

/** In memory of their own, so that another thread gets no more than them. */
function* inPortions(events: Iterable<Uint8Array>): Generator<{readonly events: Uint8Array}> {
  let portion: Uint8Array[] = []
  let size = 0
  for (const event of events) {
    portion.push(event)
    size += event.length
    if (size < PORTION_BYTES) continue
    yield {events: joined(portion, size)}
    portion = []
    size = 0
  }
  if (size > 0) yield {events: joined(portion, size)}
}

const joined = (parts: readonly Uint8Array[], size: number): Uint8Array => {
  const whole = new Uint8Array(size)
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

/** What a commit means to a follower of live events; none when nothing. */
export const liveEvents = (
  store: NotificationContext['store'],
  commit: Commit,
  scope: LiveScope,
): readonly Uint8Array[] => {
  const tags = commitTags(store, commit, scope)
  if (tags.length === 0) return []
  const news = encodedEvent(commit, scope, () => ({
    event: 'message',
    // The public's events get theirs where they are counted: see `PublicCommits`.
    ...(scope !== 'public' && {id: String(commit.sequence)}),
    data: JSON.stringify({tags}),
  }))
  return [news]
}

/** Follows the commits of one dataset: a listener, live events, the schedule of releases. */
export interface Subscriber {
  /** It may be told later than at once, when others have taken long. */
  readonly mayWait?: true
  onCommit(commit: Commit): void
  /**
   * What it is to hear of commits of another thread, if not the whole commit: that costs the serving
   * thread the least.
   */
  readonly remote?: RemoteDelivery
  /** Some commits will not be told. */
  onLoss?(): void
  /** The dataset is gone. */
  onClose?(): void
}

export interface RemoteDelivery {
  readonly subscription: Subscription
  /** @param events Encoded server-sent events. */
  notify(events: Uint8Array): void
  /** It cannot be worked out. */
  fail?(reason: string): void
}
