import type {ValidationContext} from 'sanity'

import {records} from '../untyped.ts'
import {ownId, publishedClient} from './clients.ts'

/** What readers were told once stays told. */
export const correctionsOnlyGrow = async (
  value: unknown[] | undefined,
  context: ValidationContext,
) => {
  const published = await publishedClient(context).fetch<string[] | null>(
    '*[_id == $id][0].corrections[]._key',
    {id: ownId(context)},
  )
  const kept = new Set(records(value).map((item) => item['_key']))
  return (
    (published ?? []).every((key) => kept.has(key)) ||
    'A published correction is missing here: restore it, and add a new one if it was wrong.'
  )
}
