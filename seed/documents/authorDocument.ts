/** An author of a story, with the biography from the page. No facts are extracted from it. */
import {agencyOr} from '../entities/agencies.ts'
import {publicationOf} from '../entities/publications.ts'
import {hashOf} from '../identify/ids.ts'
import type {Ids} from '../identify/nameIds.ts'
import {slugOf} from '../identify/slugOf.ts'
import type {ParsedStory} from '../model/parsedStory.ts'
import type {Author} from '../model/seedDocument.ts'
import {reference} from './reference.ts'

export function authorDocument(name: string, story: ParsedStory, ids: Ids): Author {
  const box = story.biographies.find((one) => one.name === name)
  const bio = box?.paragraphs.map(({text}) => text).join('\n\n')
  const publication = publicationOf(story.site).name
  return {
    _id: ids.author(story.site, name),
    _type: 'author',
    name,
    slug: {_type: 'slug', current: slugOf(name) || hashOf(12, name)},
    kind: kindOf(name, publication),
    ...(bio && {bio}),
    ...(bio?.includes(publication) && {affiliation: reference(ids.publisher(publication))}),
  }
}

function kindOf(name: string, publication: string): Author['kind'] {
  if (name === publication) return 'desk'
  return agencyOr(name, 'person')
}
