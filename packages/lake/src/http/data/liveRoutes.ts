import {encode} from 'eventsource-encoder'

import {readerOf} from '../../access/accessRules.ts'
import {requirePermission} from '../../access/caller.ts'
import type {LakeResponse} from '../../core/lakeRequest.ts'
import {TAGS_OF_ALL} from '../../query/syncTags.ts'
import type {DatasetStore} from '../../store/datasetStore.ts'
import type {LiveScope} from '../../stream/commitTags.ts'
import {streamCommits} from '../../stream/streamCommits.ts'
import {liveEvents} from '../../stream/subscription.ts'
import {checkTag, flag, parametersOf} from '../exchange/requestUrl.ts'
import {redirectListener} from '../routing/listenerTickets.ts'
import {type RequestContext, route} from '../routing/route.ts'
import {eventStream, openStream} from './streamResponse.ts'

/**
 * News for front ends that keep answers: the tags of answers that a commit may have changed. The
 * answers carry the same tags, so a page asks again for what concerns it and for nothing else.
 */
const followLive = (context: RequestContext): LakeResponse => {
  const {lake, request, path, caller} = context
  const dataset = lake.datasets.get(path['dataset'] ?? '')
  const {includePrivate} = readerOf(caller)
  const elsewhere = redirectListener(request, lake.tickets, caller)
  if (elsewhere !== null) return elsewhere

  const parameters = parametersOf(request.search)
  checkTag(parameters)
  const includeDrafts = flag(parameters, 'includeDrafts')
  if (includeDrafts) requirePermission(caller, 'read')

  const published: LiveScope = includePrivate ? 'published' : 'public'
  const scope = includeDrafts ? 'everything' : published
  const {store, publicCommits} = dataset
  // The public must not learn from an id how many commits there were that it does not hear of.
  const id = includePrivate ? String(store.revision) : publicCommits.lastId()
  const stream = openStream(context)
  stream.push(encode({event: 'welcome', id, data: '{}'}))
  const seen = request.header('last-event-id')
  const hasMissed = (last: string): boolean =>
    includePrivate ? hasChanged(store, last, includeDrafts) : last !== id
  if (seen !== undefined && hasMissed(seen)) {
    // What was missed is not told tag by tag. `restart` makes an open page ask again; the tag that
    // all answers have reaches those that a front end keeps by their tags.
    stream.push(encode({event: 'restart', id, data: '{}'}))
    stream.push(encode({event: 'message', id, data: JSON.stringify({tags: TAGS_OF_ALL})}))
  }
  // The public's events have their ids from the news of the public: see there.
  const push = includePrivate
    ? stream.push
    : (chunk: string | Uint8Array) =>
        stream.push(typeof chunk === 'string' ? chunk : publicCommits.withId(chunk))
  streamCommits(
    dataset.commits,
    {push, end: stream.end, onEnd: stream.onEnd},
    {kind: 'live', scope},
    (commit) => liveEvents(store, commit, scope),
  )
  return eventStream(stream.chunks, stream.cut)
}

/** @param seen The id of the last event that a client has got: a revision, unless it made it up. */
const hasChanged = (store: DatasetStore, seen: string, includeDrafts: boolean): boolean => {
  const revision = /^\d+$/.test(seen) ? Number(seen) : Infinity
  // A dataset that was emptied counts from the beginning.
  return (
    revision > store.revision ||
    store.changedSince(revision, {everything: true, types: [], ids: []}, includeDrafts)
  )
}

export const liveRoutes = [route('GET', '/data/live/events/:dataset', 'stream', followLive)]
