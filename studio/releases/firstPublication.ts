/**
 * “First published” of the stories in a release. The Publish button writes it into a draft, but a
 * release is published by the lake, where nobody presses that button. So it is written before a
 * release is scheduled or published.
 */
import type {RequestHandler, SanityClient} from '@sanity/client'
import {getPublishedId} from '@sanity/client/csm'

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
 * schedules or publishes it. All ways to do that in the Studio send such a request.
 * @param clientOf the client to read and write with
 * @throws the lake's error, if it does not accept a time; the release then does not go out
 */
export const withFirstPublication =
  (clientOf: () => SanityClient, now: () => Date, next: RequestHandler): RequestHandler =>
  async (request, send) => {
    for (const departure of departuresIn(request.body, now())) {
      await writeTimes(clientOf(), departure, now())
    }
    return next(request, send)
  }

/** The releases that a request sends out; none if it only asks whether it could. */
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
  const transaction = raw.transaction()
  let isNeeded = false
  for (const {_id, firstPublishedAt} of versions) {
    const first = firstPublicationOf(firstPublishedAt, known.get(getPublishedId(_id)), time, now)
    if (first === firstPublishedAt) continue
    transaction.patch(_id, (patch) => patch.set({firstPublishedAt: first}))
    isNeeded = true
  }
  if (isNeeded) await transaction.commit({tag: 'release.first-publication'})
}

/**
 * The time of first publication of a story that a release publishes. The time that readers know
 * stays. A story that they have never seen gets the time of the release, unless it is older, as in
 * an archive. A published story that waits for its own time keeps it.
 * @param own what the version says
 * @param known what the published document says; undefined while there is none
 */
export const firstPublicationOf = (
  own: string | null,
  known: string | null | undefined,
  release: Date,
  now: Date,
): string => {
  const isPast = (time: string): boolean => Date.parse(time) <= now.getTime()
  if (known) return isPast(known) ? known : (own ?? known)
  return own && isPast(own) ? own : release.toISOString()
}
