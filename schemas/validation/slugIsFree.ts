import type {SlugValue, ValidationContext} from 'sanity'

import {ownId, rawClient} from './clients.ts'

const holderQuery = `*[
  _type == $type && !sanity::versionOf($self) && slug.current == $slug
][0]{"title": coalesce(name, _id)}`

/** Two documents of one type never share an address. Looks at drafts and versions too. */
export const slugIsFree = async (value: SlugValue | undefined, context: ValidationContext) => {
  if (!value?.current || !context.document) return true
  const holder = await rawClient(context).fetch<{title: string} | null>(holderQuery, {
    type: context.document._type,
    self: ownId(context),
    slug: value.current,
  })
  return holder === null || `Choose another web address: “${holder.title}” has this one.`
}
