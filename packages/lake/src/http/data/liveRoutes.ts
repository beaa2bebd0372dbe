/**
 * `GET /data/live/events`: sends front ends the sync tags of each commit. Query results carry the
 * same tags, so a page knows which of its results to fetch again.
 */
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

const followLive = (context: RequestContext): LakeResponse => {
  const {lake, request, path, caller} = context
  const dataset = lake.datasets.get(path['dataset'] ?? '')
  const {includePrivate} = readerOf(caller)
  const redirected = redirectListener(request, lake.tickets, caller)
  if (redirected !== null) return redirected

  const parameters = parametersOf(request.search)
  checkTag(parameters)
  // The client sends the first; the reference documents the second, for the same.
  const includeDrafts = flag(parameters, 'includeDrafts') || flag(parameters, 'includeAllDocuments')
  if (includeDrafts) requirePermission(caller, 'read')

  const published: LiveScope = includePrivate ? 'published' : 'public'
  const scope = includeDrafts ? 'everything' : published
  const {store, publicCommits} = dataset
  // To anonymous clients, an id must not reveal how many private commits there were.
  const id = includePrivate ? String(store.revision) : publicCommits.lastId()
  const stream = openStream(context)
  stream.push(encode({event: 'welcome', id, data: '{}'}))
  const seen = request.header('last-event-id')
  const hasMissed = (last: string): boolean =>
    includePrivate ? hasChanged(store, last, includeDrafts) : last !== id
  if (seen !== undefined && hasMissed(seen)) {
    // Missed tags are not sent one by one. `restart` makes an open page fetch again; the tag that all
    // results share invalidates results that a front end has cached.
    stream.push(encode({event: 'restart', id, data: '{}'}))
    stream.push(encode({event: 'message', id, data: JSON.stringify({tags: TAGS_OF_ALL})}))
  }
  // Ids of public events come from `publicCommits`.
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

/** @param seen Id of the client's last event: a revision, unless the client invented it. */
const hasChanged = (store: DatasetStore, seen: string, includeDrafts: boolean): boolean => {
  const revision = /^\d+$/.test(seen) ? Number(seen) : Infinity
  // The revision of an emptied dataset starts from 0.
  return (
    revision > store.revision ||
    store.changedSince(revision, {everything: true, types: [], ids: []}, includeDrafts)
  )
}

export const liveRoutes = [route('GET', '/data/live/events/:dataset', 'stream', followLive)]
