import type {ArticlePatch, Fields} from './articlePatch.ts'
import {retireAddress} from './retireAddress.ts'

/**
 * What publishing writes into an article before it goes out: the time of first publication, which is
 * the one that readers know or, if there is none, now; and the address that readers knew, if it has
 * changed. A draft has no time when it is left from before a release published its story.
 */
export const publicationPatches = (
  draft: Fields,
  published: Fields | null,
  now: Date,
  newKey: () => string,
): ArticlePatch[] => [
  ...(draft['firstPublishedAt']
    ? []
    : [{set: {firstPublishedAt: published?.['firstPublishedAt'] ?? now.toISOString()}}]),
  ...retireAddress(draft, published, now, newKey),
]
