/** Publish button: the fields of an article that are filled in before it goes out. */
import type {ArticlePatch, Fields} from './articlePatch.ts'
import {retireAddress} from './retireAddress.ts'

/**
 * What publishing writes into an article first: the time of first publication (the one that readers
 * know, otherwise now), and the address that readers knew, if it has changed. The time must come
 * from the published document, because a draft older than the release that published the story has
 * none.
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
