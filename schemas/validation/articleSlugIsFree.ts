import type {SlugValue, ValidationContext} from 'sanity'

import {ownId, rawClient} from './clients.ts'

const holderQuery = `*[
  _type == "article" && !sanity::versionOf($self)
  && (slug.current == $slug || $slug in previousSlugs[].slug)
] | order(slug.current == $slug desc)[0]{
  "headline": coalesce(headline, _id),
  "now": slug.current == $slug
}`

/**
 * No two articles share an address, now or in the past: a retired address goes on leading to the
 * article that had it. An article may take back an address of its own. Looks at drafts and
 * versions too.
 */
export const articleSlugIsFree = async (
  value: SlugValue | undefined,
  context: ValidationContext,
) => {
  if (!value?.current) return true
  const holder = await rawClient(context).fetch<{headline: string; now: boolean} | null>(
    holderQuery,
    {self: ownId(context), slug: value.current},
  )
  return (
    holder === null ||
    `Choose another web address: “${holder.headline}” ${holder.now ? 'has' : 'once had'} this one.`
  )
}
