/** The form: an author made from a name in a byline. */
import type {SanityClient} from '@sanity/client'

import {webAddressOf} from '../../../schemas/webAddress.ts'

/**
 * The id of the author with a name: a new one, which is published at once, or the one who has the
 * name already. A second person of the name needs a page of their own, made in the list of authors.
 * @param newId makes the id of a new author
 */
export const createAuthor = async (
  client: SanityClient,
  name: string,
  newId: () => string,
): Promise<string> => {
  const published = client.withConfig({perspective: 'published', useCdn: false})
  const known = await published.fetch<string | null>(
    '*[_type == "author" && name == $name] | order(_id asc)[0]._id',
    {name},
  )
  if (known !== null) return known

  const address = webAddressOf(name)
  const taken = await client
    .withConfig({perspective: 'raw', useCdn: false})
    .fetch<string[]>(
      '*[_type == "author" && string::startsWith(slug.current, $address)].slug.current',
      {
        address,
      },
    )
  const {_id} = await client.create({
    _id: newId(),
    _type: 'author',
    name,
    slug: {_type: 'slug', current: freeOf(address, taken)},
    kind: 'person',
    active: true,
  })
  return _id
}

/** An address that nobody has: `ada-quill`, then `ada-quill-2`. */
const freeOf = (address: string, taken: readonly string[]): string => {
  if (!taken.includes(address)) return address
  let number = 2
  while (taken.includes(`${address}-${number}`)) number += 1
  return `${address}-${number}`
}
