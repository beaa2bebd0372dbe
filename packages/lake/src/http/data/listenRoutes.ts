/**
 * `GET /data/listen`: sends a client the changes of the documents that its filter matches, as they
 * are committed.
 */
import {encode} from 'eventsource-encoder'

import {readerOf} from '../../access/accessRules.ts'
import type {Commit} from '../../core/commit.ts'
import {asLakeError} from '../../core/errors.ts'
import type {LakeResponse} from '../../core/lakeRequest.ts'
import {MAX_REPLAY_BYTES} from '../../core/limits.ts'
import {
  eventsFor,
  filterBudget,
  type Listener,
  type ListenerOptions,
  createListener,
} from '../../stream/listener.ts'
import {commitsSince, presentPosition} from '../../stream/replay.ts'
import {streamCommits} from '../../stream/streamCommits.ts'
import {checkTag, flag, parametersOf} from '../exchange/requestUrl.ts'
import {redirectListener} from '../routing/listenerTickets.ts'
import {type RequestContext, route} from '../routing/route.ts'
import {paramsOf, queryOf, readsPublishedByDefault} from './queryRequest.ts'
import {eventStream, once, openStream} from './streamResponse.ts'

const listen = (context: RequestContext): LakeResponse => {
  const {lake, request, path, caller} = context
  const dataset = lake.datasets.get(path['dataset'] ?? '')
  const reader = readerOf(caller)
  const redirected = redirectListener(request, lake.tickets, caller)
  if (redirected !== null) return redirected

  const parameters = parametersOf(request.search)
  checkTag(parameters)
  let options: ListenerOptions
  let listener: Listener
  try {
    options = {
      ...optionsOf(parameters, request.version),
      query: queryOf(request.version, parameters.get('query') ?? ''),
      params: paramsOf(parameters),
      identity: reader.identity,
      includePrivate: reader.includePrivate,
    }
    listener = createListener(options, lake.now)
  } catch (error) {
    return errorEvent(context, error)
  }

  const stream = openStream(context)
  if (flag(parameters, 'evs_preamble')) stream.push(PREAMBLE)
  const greet = (event: string, id?: string): void =>
    stream.push(
      encode({
        event,
        ...(id !== undefined && {id}),
        data: JSON.stringify({listenerName: lake.newId()}),
      }),
    )
  if (!flag(parameters, 'enableResume')) greet('welcome')
  else {
    const present = presentPosition(dataset, reader.includePrivate)
    const lastEventId = request.header('last-event-id')
    if (lastEventId === undefined) greet('welcome', present)
    else {
      const missed = commitsSince(dataset, lastEventId, reader.includePrivate)
      const replayed = missed && replay(missed, listener)
      // A resumed listener that is cut off within the replay must get the rest of it: no new position.
      if (replayed) greet('welcomeback')
      else greet('reset', present)
      for (const event of replayed ?? []) stream.push(event)
    }
  }
  streamCommits(dataset.commits, stream, {kind: 'listener', options}, (commit) =>
    eventsFor(listener, commit),
  )
  return eventStream(stream.chunks, stream.cut)
}

/** A comment that old browsers need before they show any event. */
const PREAMBLE = `:${' '.repeat(2056)}\n\n`

/** Budget of a replay, in changed documents; a slow filter gets through fewer of them. */
const CHANGES_IN_REPLAY = 5000

/** @returns Null when there is too much: a client cut off in a replay would request the same one again. */
const replay = (missed: Iterable<Commit>, listener: Listener): readonly Uint8Array[] | null => {
  const events: Uint8Array[] = []
  const budget = filterBudget(CHANGES_IN_REPLAY)
  let size = 0
  try {
    for (const commit of missed) {
      for (const event of eventsFor(listener, commit, budget)) {
        size += event.length
        if (size > MAX_REPLAY_BYTES) return null
        events.push(event)
      }
    }
  } catch (error) {
    // The filter takes too long or fails: the next commit reports that.
    if (asLakeError(error)) return null
    throw error
  }
  return events
}

const optionsOf = (
  parameters: URLSearchParams,
  version: string,
): Omit<ListenerOptions, 'query' | 'params' | 'identity' | 'includePrivate'> => ({
  includeAllVersions: flag(parameters, 'includeAllVersions') || !readsPublishedByDefault(version),
  includeMutations: flag(parameters, 'includeMutations', true),
  includeResult: flag(parameters, 'includeResult'),
  includePreviousRevision: flag(parameters, 'includePreviousRevision'),
  includeEffects: parameters.get('effectFormat') === 'mendoza',
  visibility: parameters.get('visibility') === 'query' ? 'query' : 'transaction',
})

/** An EventSource cannot read the body of an error response, so it gets the error as an event. */
const errorEvent = ({request}: RequestContext, error: unknown): LakeResponse => {
  const isEventSource = (request.header('accept') ?? '').includes('text/event-stream')
  const known = asLakeError(error)
  if (!isEventSource || !known) throw error
  return eventStream(once(encode({event: 'channelError', data: JSON.stringify(known.body)})))
}

export const listenRoutes = [route('GET', '/data/listen/:dataset', 'stream', listen)]
