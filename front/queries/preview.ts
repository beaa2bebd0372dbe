/** The queries as editors need them: with stories that are not ready to publish. */
import {AFTER_LAST, NEWEST, PUBLISHED} from './fragments.ts'

/** A story that was never published counts as published now, so lists show it first. */
const PUBLISHED_AT = 'coalesce(firstPublishedAt, $now)'

const withTime = (fragment: string): string =>
  fragment.replaceAll('firstPublishedAt', () => PUBLISHED_AT)

const BY_SLUG = 'slug.current == $slug'

/**
 * A query of this library for previews, to be asked with `perspective: 'drafts'` or a release's.
 * It also finds a story without a date of publication, and, when `$slug` is the document's id, what
 * has no slug yet. Everything else stays as for readers: embargo, expiry, `pubStatus`.
 *
 * The types are those of the query, so that `client.fetch` infers them. In a preview, `slug`,
 * `firstPublishedAt` and other required fields may still be null.
 */
export function previewOf<Query extends string>(query: Query): Query
export function previewOf(query: string): string {
  const published = query.includes('$slug')
    ? PUBLISHED.replace('defined(slug.current)', '(defined(slug.current) || _id == $slug)')
    : PUBLISHED
  return query
    .replaceAll(PUBLISHED, () => withTime(published))
    .replaceAll(NEWEST, () => withTime(NEWEST))
    .replaceAll(AFTER_LAST, () => withTime(AFTER_LAST))
    .replaceAll(BY_SLUG, () => `(${BY_SLUG} || _id == $slug)`)
}
