/**
 * Web addresses of an article: reads the present one and keeps the old one when it changes. For
 * “Publish” and “Keep the old web address”.
 */
import type {ArticlePatch, Fields} from './articlePatch.ts'

/** The address of an article, if it has one. */
export const slugOf = (article: Fields | null): string | undefined => {
  const slug = article?.['slug']
  const current = slug instanceof Object && 'current' in slug ? slug.current : undefined
  return typeof current === 'string' && current !== '' ? current : undefined
}

/**
 * Adds the address that readers knew to the old ones, if it has changed. An old address that is in
 * use again leaves the list.
 * @param newKey makes the `_key` of the old address
 */
export const retireAddress = (
  article: Fields,
  published: Fields | null,
  now: Date,
  newKey: () => string,
): ArticlePatch[] => {
  const next = slugOf(article)
  const previous = slugOf(published)
  if (!next || !previous || next === previous) return []

  const retired = {
    _key: newKey(),
    _type: 'previousSlug',
    slug: previous,
    retiredAt: now.toISOString(),
  }
  return [
    {setIfMissing: {previousSlugs: []}},
    {unset: [next, previous].map((slug) => `previousSlugs[slug==${JSON.stringify(slug)}]`)},
    {insert: {after: 'previousSlugs[-1]', items: [retired]}},
  ]
}
