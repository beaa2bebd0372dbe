import type {ArticlePatch, Fields} from './articlePatch.ts'
import {retireAddress} from './retireAddress.ts'

/**
 * What publishing writes into an article before it goes out: the time, if it is the first; and the
 * address readers knew, if it has changed.
 */
export const publicationPatches = (
  draft: Fields,
  published: Fields | null,
  now: Date,
  newKey: () => string,
): ArticlePatch[] => [
  ...(draft['firstPublishedAt'] ? [] : [{set: {firstPublishedAt: now.toISOString()}}]),
  ...retireAddress(draft, published, now, newKey),
]
