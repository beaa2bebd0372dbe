/**
 * Subscriptions to the commits of a dataset, and their notifications, as plain values that can be
 * sent between threads. A commit of the writer thread may hold tens of thousands of documents, so
 * it stays in that thread, which works out the notifications of each subscription and sends them
 * in portions.
 */
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

export type Subscription =
  | {readonly kind: 'listener'; readonly options: ListenerOptions}
  | {readonly kind: 'live'; readonly scope: LiveScope}
  /** The commit as a `PastCommit`, if it changed a public document. */
  | {readonly kind: 'public'}
  /** An empty notification, if the commit changed release documents. */
  | {readonly kind: 'releases'}
  /** An empty notification. */
  | {readonly kind: 'anything'}
  /** The whole commit. */
  | {readonly kind: 'commits'}

/** A commit without its changes. */
export type PastCommit = Omit<Commit, 'changes' | 'dataset'>

/** Whether a commit changed a public document. */
export const isPublic = ({changes}: Commit): boolean => changes.some(({id}) => !isPrivateId(id))

export const pastOf = ({transactionId, timestamp, author, sequence}: Commit): PastCommit => ({
  transactionId,
  timestamp,
  author,
  sequence,
})

/** One notification for the subscribers of a subscription. */
export interface CommitNotification {
  /** Index in the list of subscriptions. */
  readonly subscription: number
  /** Encoded server-sent events; empty where the notification has no content. */
  readonly events?: Uint8Array
  /** A commit without its changes, which follow in portions; `isWhole` marks their end. */
  readonly commit?: Omit<Commit, 'changes'>
  readonly changes?: readonly DocumentChange[]
  readonly isWhole?: true
  /** Why the notification could not be worked out. */
  readonly failure?: string
}

export interface NotificationContext {
  readonly store: Pick<DatasetStore, 'get' | 'idsOfGroup'>
  /** Milliseconds since 1970. */
  now(): number
}

/** Bytes of events, or number of changes, in one portion: well under a millisecond of work. */
const PORTION_BYTES = 128 * 1024
const PORTION_CHANGES = 50

/** The notifications of all subscriptions about the commits, in order and in portions. */
export function* notificationsOf(
  commits: readonly Commit[],
  subscriptions: readonly Subscription[],
  context: NotificationContext,
): Generator<readonly CommitNotification[]> {
  for (const commit of commits) {
    for (const [index, subscription] of subscriptions.entries()) {
      try {
        for (const notification of notificationsFor(commit, subscription, context))
          yield [{...notification, subscription: index}]
      } catch (error) {
        // A filter that fails on these documents ends its own listener only.
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
      // A copy, so that the encoded events of one subscription can be freed before the next.
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
    case 'anything':
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

/** Copied into buffers of their own, so that nothing else is sent to the other thread. */
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

/** A commit as live events; none when it is outside the scope. */
export const liveEvents = (
  store: NotificationContext['store'],
  commit: Commit,
  scope: LiveScope,
): readonly Uint8Array[] => {
  const tags = commitTags(store, commit, scope)
  if (tags.length === 0) return []
  const event = encodedEvent(commit, scope, () => ({
    event: 'message',
    // Public events get their ids where they are counted: see `PublicCommits`.
    ...(scope !== 'public' && {id: String(commit.sequence)}),
    data: JSON.stringify({tags}),
  }))
  return [event]
}

/** Is notified of the commits of one dataset: a listener, live events, the schedule of releases. */
export interface Subscriber {
  /** Whether it may be notified later, when others take long. */
  readonly mayWait?: true
  onCommit(commit: Commit): void
  /**
   * How it is notified of commits of another thread; without it, it gets the whole commit, which costs
   * the serving thread more.
   */
  readonly remote?: RemoteDelivery
  /** Some commits were lost. */
  onLoss?(): void
  /** The dataset is gone. */
  onClose?(): void
}

export interface RemoteDelivery {
  readonly subscription: Subscription
  /** @param events Encoded server-sent events. */
  notify(events: Uint8Array): void
  /** The notification could not be worked out. */
  fail?(reason: string): void
}
