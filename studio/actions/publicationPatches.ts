/** Publish button: the fields of an article that are filled in before it goes out. */
import {textOf} from '../../schemas/untyped.ts'
import {webAddressOf} from '../../schemas/webAddress.ts'
import type {ArticlePatch, Fields} from './articlePatch.ts'
import {retireAddress, slugOf} from './retireAddress.ts'

/**
 * What publishing writes into an article first: the time of first publication (the one that readers
 * know, otherwise now), a web address if there is none, and the address that readers knew, if it has
 * changed. The time must come
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
  ...makeAddress(draft),
  ...retireAddress(draft, published, now, newKey),
]

/** A web address made of the headline, if the editor has left it empty. */
const makeAddress = (draft: Fields): ArticlePatch[] => {
  if (slugOf(draft) !== undefined) return []
  const address = webAddressOf(textOf(draft['headline']) ?? '')
  return address === '' ? [] : [{set: {slug: {_type: 'slug', current: address}}}]
}
