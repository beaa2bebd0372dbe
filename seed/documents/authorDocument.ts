/** An author of a story, with the biography the page prints. Facts are not mined out of it. */
import {agencies} from '../entities/agencies.ts'
import {publicationOf} from '../entities/publications.ts'
import type {Author} from '../model/author.ts'
import type {ParsedStory} from '../model/parsedStory.ts'
import {sameWords} from '../parse/foldSpace.ts'
import {authorId, hashOf, publisherId} from './ids.ts'
import {reference} from './reference.ts'
import {slugOf} from './slugOf.ts'

export function authorDocument(name: string, story: ParsedStory): Author {
  const box = story.biographies.find((one) => sameWords(one.name, name))
  const bio = box?.paragraphs.map(({text}) => text).join('\n\n')
  const publication = publicationOf(story.site).name
  return {
    _id: authorId(story.site, name),
    _type: 'author',
    name,
    slug: {_type: 'slug', current: slugOf(name) || hashOf(12, name)},
    kind: kindOf(name, publication),
    ...(bio && {bio}),
    ...(bio?.includes(publication) && {affiliation: reference(publisherId(publication))}),
  }
}

function kindOf(name: string, publication: string): Author['kind'] {
  if (sameWords(name, publication)) return 'desk'
  return agencies.includes(name) ? 'agency' : 'person'
}
