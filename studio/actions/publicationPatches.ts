/** Publish button: the fields of an article that are filled in before it goes out. */
import {firstPublicationOnPublish} from '../../schemas/documents/article/firstPublication.ts'
import {textOf} from '../../schemas/untyped.ts'
import {webAddressOf} from '../../schemas/webAddress.ts'
import type {ArticlePatch, Fields} from './articlePatch.ts'
import {retireAddress, slugOf} from './retireAddress.ts'

/**
 * What publishing writes into an article first: the time of first publication and a web address, if
 * they are missing, and the address that readers knew, if it has changed.
 */
export const publicationPatches = (
  draft: Fields,
  published: Fields | null,
  now: Date,
  newKey: () => string,
): ArticlePatch[] => [
  ...(draft['firstPublishedAt']
    ? []
    : [{set: {firstPublishedAt: firstPublicationOnPublish(draft, published, now)}}]),
  ...makeAddress(draft),
  ...retireAddress(draft, published, now, newKey),
]

/** A web address made from the headline, if the editor has left it empty. */
const makeAddress = (draft: Fields): ArticlePatch[] => {
  if (slugOf(draft) !== undefined) return []
  const address = webAddressOf(textOf(draft['headline']) ?? '')
  return address === '' ? [] : [{set: {slug: {_type: 'slug', current: address}}}]
}
