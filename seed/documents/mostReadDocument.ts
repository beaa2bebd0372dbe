/**
 * The page’s most-read list: a dated snapshot of other stories' headlines. They have no address and
 * no date, so they do not become articles, and their categories stay labels.
 */
import {publicationOf} from '../entities/publications.ts'
import {mostReadId} from '../identify/ids.ts'
import type {Ids} from '../identify/nameIds.ts'
import type {ParsedStory} from '../model/parsedStory.ts'
import type {MostRead} from '../model/seedDocument.ts'
import {lineKey} from './lineKey.ts'
import {reference} from './reference.ts'

/** Undefined when the page has no list. */
export function mostReadDocument(story: ParsedStory, ids: Ids): MostRead | undefined {
  if (story.mostRead.length === 0) return undefined
  return {
    _id: mostReadId(story.site, story.capturedOn),
    _type: 'mostRead',
    capturedOn: story.capturedOn,
    publisher: reference(ids.publisher(publicationOf(story.site).name)),
    items: story.mostRead.map(({line, text, category}) => ({
      _type: 'mostReadItem',
      _key: lineKey(line),
      headline: text,
      ...(category && {categoryLabel: category.text}),
    })),
  }
}
