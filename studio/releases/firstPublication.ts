/**
 * “First published” of the stories in a release. The Publish button fills it in for a draft. The lake
 * publishes a release without that button, so the Studio fills it in before it schedules or publishes
 * one.
 */
import type {RequestHandler, SanityClient} from '@sanity/client'
import {getPublishedId} from '@sanity/client/csm'

import {firstPublicationInRelease} from '../../schemas/documents/article/firstPublication.ts'
import {isRecord, records, textOf} from '../../schemas/untyped.ts'

interface Version {
  readonly _id: string
  readonly firstPublishedAt: string | null
}

/** A release that goes out: its name, and when. */
interface Departure {
  readonly release: string
  readonly time: Date
}

/**
 * Writes the time of first publication into the stories of a release before the request that
 * schedules or publishes it. Whatever an editor presses to do that, the Studio sends such a request.
 * @param client to read and write with
 * @throws the lake's error, if it does not accept a time; the release then does not go out
 */
export const withFirstPublication =
  (
    client: SanityClient,
    clock: () => Date,
    next: RequestHandler = (request, send) => send(request),
  ): RequestHandler =>
  async (request, send) => {
    const now = clock()
    for (const departure of departuresIn(request.body, now)) {
      await writeTimes(client, departure, now)
    }
    return next(request, send)
  }

/** The releases that a request schedules or publishes; none if it is a dry run. */
const departuresIn = (body: unknown, now: Date): Departure[] => {
  if (!isRecord(body) || body['dryRun'] === true) return []
  return records(body['actions']).flatMap(({actionType, releaseId, publishAt}) => {
    const release = textOf(releaseId)
    const time = departureTime(actionType, publishAt, now)
    return release !== undefined && time ? [{release, time}] : []
  })
}

const departureTime = (actionType: unknown, publishAt: unknown, now: Date): Date | undefined => {
  if (actionType === 'sanity.action.release.publish') return now
  const at = textOf(publishAt)
  return actionType === 'sanity.action.release.schedule' && at !== undefined
    ? new Date(at)
    : undefined
}

const writeTimes = async (
  client: SanityClient,
  {release, time}: Departure,
  now: Date,
): Promise<void> => {
  const raw = client.withConfig({apiVersion: '2025-02-19', perspective: 'raw', useCdn: false})
  const versions = await raw.fetch<Version[]>(
    `*[_type == "article" && _id in path($versions) && _system.delete != true]
      {_id, firstPublishedAt}`,
    {versions: `versions.${release}.**`},
  )
  const published = await raw.fetch<Version[]>('*[_id in $ids]{_id, firstPublishedAt}', {
    ids: versions.map(({_id}) => getPublishedId(_id)),
  })
  const known = new Map(published.map(({_id, firstPublishedAt}) => [_id, firstPublishedAt]))
  const patches = versions.flatMap(({_id, firstPublishedAt: own}) => {
    const first = firstPublicationInRelease(own, known.get(getPublishedId(_id)), time, now)
    return first === own ? [] : [{patch: {id: _id, set: {firstPublishedAt: first}}}]
  })
  if (patches.length > 0) {
    await raw.transaction(patches).commit({tag: 'release.first-publication'})
  }
}
