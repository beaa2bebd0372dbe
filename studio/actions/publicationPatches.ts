interface Draft {
  readonly [field: string]: unknown
}

interface Patch {
  readonly setIfMissing?: Record<string, unknown>
  readonly set?: Record<string, unknown>
  readonly insert?: {readonly after: string; readonly items: unknown[]}
  readonly unset?: string[]
}

const slugOf = (article: Draft | null): string | undefined => {
  const slug = article?.['slug']
  const current = slug instanceof Object && 'current' in slug ? slug.current : undefined
  return typeof current === 'string' && current !== '' ? current : undefined
}

/**
 * What publishing writes into an article before it goes out: the time, if it is the first; and the
 * address readers knew, if it has changed. An old address taken back is retired no more.
 * @param newKey makes the `_key` of the retired address
 */
export const publicationPatches = (
  draft: Draft,
  published: Draft | null,
  now: Date,
  newKey: () => string,
): Patch[] => {
  const time = now.toISOString()
  const next = slugOf(draft)
  const previous = slugOf(published)
  const stamp: Patch[] = draft['firstPublishedAt'] ? [] : [{set: {firstPublishedAt: time}}]
  if (!next || !previous || next === previous) return stamp

  const retired = {_key: newKey(), _type: 'previousSlug', slug: previous, retiredAt: time}
  return [
    ...stamp,
    {setIfMissing: {previousSlugs: []}},
    {unset: [`previousSlugs[slug==${JSON.stringify(next)}]`]},
    {unset: [`previousSlugs[slug==${JSON.stringify(previous)}]`]},
    {insert: {after: 'previousSlugs[-1]', items: [retired]}},
  ]
}
