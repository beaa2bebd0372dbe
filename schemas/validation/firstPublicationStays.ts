import type {ValidationContext} from 'sanity'

import {newsroomMoment} from '../newsroomTime.ts'
import {ownId, publishedClient} from './clients.ts'
import {instant} from './instant.ts'

/**
 * What readers were told of when a story first appeared does not change, whichever draft, release or
 * older revision is published over it. A time still to come may move. An empty field says nothing
 * here: Publish fills it with the time that readers know.
 */
export const firstPublicationStays = async (
  value: string | undefined,
  context: ValidationContext,
) => {
  if (value === undefined) return true
  const known = await publishedClient(context).fetch<string | null>(
    '*[_id == $id][0].firstPublishedAt',
    {id: ownId(context)},
  )
  const seen = instant(known)
  return (
    known === null ||
    seen === undefined ||
    seen > Date.now() ||
    seen === instant(value) ||
    `Readers have seen this story since ${newsroomMoment(known)}: set this time back to it.`
  )
}
