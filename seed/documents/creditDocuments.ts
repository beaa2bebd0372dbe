/** The credit documents of a story: its publisher, its sources, their works, agencies. */
import {publicationOf} from '../entities/publications.ts'
import type {Ids} from '../identify/nameIds.ts'
import type {ParsedStory} from '../model/parsedStory.ts'
import type {Credit} from '../model/seedDocument.ts'
import {reference} from './reference.ts'

/**
 * Publishers, agencies, works: each after the documents it refers to. The caller removes
 * duplicates.
 */
export function creditDocuments(story: ParsedStory, ids: Ids): Credit[] {
  const publishers = [publicationOf(story.site).name, ...story.credits.map((one) => one.publisher)]
  const figures = [story.leadFigure, ...story.body]
  const agencies = figures.flatMap((part) => (part?.kind === 'figure' && part.agency) || [])
  return [
    ...publishers.map((name) => creditOf('publisher', ids.publisher(name), name)),
    ...agencies.map((name) => creditOf('agency', ids.agency(name), name)),
    ...story.credits.flatMap(({publisher, work}) => {
      if (!work) return []
      const credit = creditOf('work', ids.work(publisher, work.text), work.text)
      return {...credit, publisher: reference(ids.publisher(publisher))}
    }),
  ]
}

function creditOf(kind: Credit['kind'], _id: string, name: string): Credit {
  return {_id, _type: 'credit', kind, name}
}
