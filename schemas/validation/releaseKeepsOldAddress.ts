import type {SlugValue, ValidationContext} from 'sanity'

import {records} from '../untyped.ts'
import {ownId, publishedClient} from './clients.ts'

/**
 * The Publish button retires an address that has changed; a release is published by the lake, where
 * no button is pressed, so the old address has to be kept beforehand.
 */
export const releaseKeepsOldAddress = async (
  value: SlugValue | undefined,
  context: ValidationContext,
) => {
  const {document} = context
  if (!value?.current || !document?._id.startsWith('versions.')) return true
  const known = await publishedClient(context).fetch<string | null>(
    '*[_id == $id][0].slug.current',
    {id: ownId(context)},
  )
  const retired = records(document['previousSlugs'])
  return (
    known === null ||
    known === value.current ||
    retired.some(({slug}) => slug === known) ||
    `Readers know this story as “${known}”: press “Keep the old web address”, or old links will break.`
  )
}
