/**
 * A listener (`/data/listen`): matches commits against the filter of one client, and turns them
 * into server-sent events.
 */
import {
  type Budget,
  createBudget,
  compileMatcher,
  type Matcher,
  isQuicklyParsed,
} from '@copydesk/groq/engine'
import {encode, type EventSourceMessage} from 'eventsource-encoder'

import {memoiseByObject} from '../core/cache/memoise.ts'
import type {Commit, DocumentChange} from '../core/commit.ts'
import type {JsonObject} from '../core/document.ts'
import {queryError} from '../core/errors.ts'
import {isDraftId, isPrivateId, isVersionId} from '../core/ids.ts'
import {QUERY_TIMEOUT} from '../core/limits.ts'
import {effectsOf} from '../store/history/mendoza.ts'

/** The options in a listener's URL. */
export interface ListenerOptions {
  readonly query: string
  readonly params: JsonObject
  /** For `identity()`. */
  readonly identity: string
  /** False for a reader without a token, who sees no documents with a dot in their id. */
  readonly includePrivate: boolean
  /** Includes drafts and versions. */
  readonly includeAllVersions: boolean
  readonly includeMutations: boolean
  readonly includeResult: boolean
  readonly includePreviousRevision: boolean
  /** Mendoza patches, computed without `_rev`. */
  readonly includeEffects: boolean
  /** Copied into the events; both names are true, because only committed changes are sent. */
  readonly visibility: 'query' | 'transaction'
}

export interface Listener extends ListenerOptions {
  readonly matches: Matcher
}

/**
 * @param now Milliseconds since 1970.
 * @throws As `compileMatcher` does.
 */
export const createListener = (options: ListenerOptions, now: () => number): Listener => {
  const {query, params, identity} = options
  if (!isQuicklyParsed(query)) {
    throw queryError('The filter of a listener is too long. Send long lists as parameters.')
  }
  return {...options, matches: compileMatcher(query, params, {identity, now})}
}

type Transition = 'appear' | 'update' | 'disappear'

/**
 * A commit as server-sent events for one listener; none when nothing matches. Events are numbered
 * per listener, because clients wait for all events of a transaction.
 *
 * @param budget For the filter; by default that of one commit.
 * @throws 400 queryError when the filter takes too long, and any other error of the filter.
 */
export const eventsFor = (
  listener: Listener,
  commit: Commit,
  budget?: Budget,
): readonly Uint8Array[] => [...listenerEvents(listener, commit, budget)]

/**
 * The budget of a listener's filter for one commit, in units of packages/groq/src/execution/budget.ts: a few
 * milliseconds, and a little for each change. Commits wait for listeners, and listeners for each
 * other, so a filter that needs more is stopped.
 */
const UNITS_OF_COMMIT = 200_000
const UNITS_OF_CHANGE = 200

/** @param changes Number of changed documents. */
export const filterBudget = (changes: number): Budget =>
  createBudget({
    timeLimit: QUERY_TIMEOUT,
    mostWork: UNITS_OF_COMMIT + UNITS_OF_CHANGE * changes,
    refusal: tooLong,
  })

const tooLong = (): Error =>
  queryError(
    'The filter of this listener takes too long on the changed documents. Use a simpler filter.',
  )

/** As `eventsFor`, one by one. */
export function* listenerEvents(
  listener: Listener,
  commit: Commit,
  budget = filterBudget(commit.changes.length),
): Generator<Uint8Array> {
  const matching: {readonly change: DocumentChange; readonly transition: Transition}[] = []
  for (const change of commit.changes) {
    if (!isIncluded(change.id, listener)) continue
    const transition = transitionOf(change, listener.matches, budget)
    if (transition !== null) matching.push({change, transition})
  }
  const options = optionsKey(listener)
  for (const [index, {change, transition}] of matching.entries()) {
    yield encodedEvent(
      commit,
      `${options} ${transition} ${index + 1}/${matching.length} ${change.id}`,
      () => ({
        event: 'mutation',
        id: eventIdOf(commit, change),
        data: JSON.stringify({
          ...mutationEvent(listener, commit, change, transition),
          transactionTotalEvents: matching.length,
          transactionCurrentEvent: index + 1,
        }),
      }),
    )
  }
}

/** The options that change the events: listeners with equal options share the encoded bytes. */
const optionsKey = (listener: Listener): string =>
  [
    listener.includeMutations,
    listener.includeEffects,
    listener.includePreviousRevision,
    listener.includeResult,
    listener.visibility,
  ].join()

const eventIdOf = ({transactionId}: Commit, {id}: DocumentChange): string =>
  `${transactionId}#${id}`

const isIncluded = (id: string, {includePrivate, includeAllVersions}: Listener): boolean =>
  (includePrivate || !isPrivateId(id)) &&
  (includeAllVersions || (!isDraftId(id) && !isVersionId(id)))

const transitionOf = (
  {before, after}: DocumentChange,
  matches: Matcher,
  budget: Budget,
): Transition | null => {
  const did = before !== null && matches(before, budget)
  const does = after !== null && matches(after, budget)
  if (did) return does ? 'update' : 'disappear'
  return does ? 'appear' : null
}

const mutationEvent = (
  listener: Listener,
  commit: Commit,
  change: DocumentChange,
  transition: Transition,
): JsonObject => ({
  eventId: eventIdOf(commit, change),
  documentId: change.id,
  transactionId: commit.transactionId,
  transition,
  identity: commit.author,
  timestamp: commit.timestamp,
  visibility: listener.visibility,
  ...(change.before !== null && {previousRev: change.before._rev}),
  resultRev: commit.transactionId,
  ...(listener.includeMutations && {mutations: change.mutations}),
  ...(listener.includeEffects && {effects: effectsOf(change)}),
  ...(listener.includePreviousRevision && {previous: change.before}),
  ...(listener.includeResult && {result: change.after}),
})

/** Encoded events of a commit. */
const eventsOf = memoiseByObject('events', (_commit: Commit) => new Map<string, Uint8Array>())

/**
 * A server-sent event about a commit, encoded once for all clients.
 * @param key Tells the event from other events about the same commit.
 */
export const encodedEvent = (
  commit: Commit,
  key: string,
  message: () => EventSourceMessage,
): Uint8Array => {
  const events = eventsOf(commit)
  let event = events.get(key)
  if (event === undefined) events.set(key, (event = Buffer.from(encode(message()))))
  return event
}
