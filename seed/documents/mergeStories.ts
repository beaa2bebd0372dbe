/**
 * Several stories → one list of documents. Stories share authors, topics, credits and most-read
 * lists; where two say different things of one, the later story’s word counts, field by field (the
 * settings of the site are the first story’s). No line is lost by that: each article keeps its own
 * source in its provenance.
 */
import {isDeepStrictEqual} from 'node:util'

import type {ReviewNote} from '../model/review.ts'
import {seedDocument, type SeedDocument} from '../model/seedDocument.ts'
import {Refusal} from '../parse/refusal.ts'
import type {ReadStory} from '../readStories.ts'
import {addressOf, freeSlug} from './freeSlug.ts'
import {storyDocuments} from './storyDocuments.ts'

export interface MergedStory {
  readonly file: string
  /** The id of its article. */
  readonly article: string
  /** The ids of all its documents, what is referred to first. */
  readonly ids: readonly string[]
  readonly review: readonly ReviewNote[]
}

/** A field of a shared document about which two stories disagree. */
export interface Disagreement {
  readonly id: string
  readonly field: string
  /** The story whose word counts, and the one whose does not. */
  readonly taken: string
  readonly left: string
}

export interface MergedStories {
  /** By time of publication. */
  readonly stories: readonly MergedStory[]
  readonly documents: ReadonlyMap<string, SeedDocument>
  readonly disagreements: readonly Disagreement[]
  /** Files that hold a story another file holds too. */
  readonly refused: readonly Refusal[]
}

export function mergeStories(read: readonly ReadStory[]): MergedStories {
  const stories: MergedStory[] = []
  const documents = new Map<string, {document: SeedDocument; file: string}>()
  const disagreements: Disagreement[] = []
  const refused: Refusal[] = []

  for (const {file, story} of read.toSorted(byPublication)) {
    const {article, documents: own, review} = storyDocuments(story)
    const twin = documents.get(article._id)
    if (twin) {
      refused.push(new Refusal(file, 0, 'a story of its own', `the story of ${twin.file} again`))
      continue
    }
    for (const document of own) {
      const earlier = documents.get(document._id)
      if (earlier && document._type === 'siteSettings') continue
      if (earlier) disagreements.push(...compare(earlier, document, file))
      const merged = seedDocument.parse({...earlier?.document, ...document})
      documents.set(document._id, {document: merged, file})
    }
    stories.push({file, article: article._id, ids: own.map(({_id}) => _id), review})
  }
  return {stories, documents: withFreeSlugs(documents.values()), disagreements, refused}
}

function withFreeSlugs(merged: Iterable<{document: SeedDocument}>): Map<string, SeedDocument> {
  const holders = new Map<string, string>()
  const documents = new Map<string, SeedDocument>()
  for (const {document} of merged) {
    const free = freeSlug(document, holders)
    if ('slug' in free) holders.set(addressOf(free._type, free.slug.current), free._id)
    documents.set(free._id, free)
  }
  return documents
}

function byPublication(a: ReadStory, b: ReadStory): number {
  const [early, late] = [a.story.byline.publishedAt, b.story.byline.publishedAt]
  return early === late ? (a.file < b.file ? -1 : 1) : early < late ? -1 : 1
}

function compare(
  earlier: {document: SeedDocument; file: string},
  later: SeedDocument,
  file: string,
): Disagreement[] {
  const before = new Map<string, unknown>(Object.entries(earlier.document))
  return Object.entries(later)
    .filter(([field, value]) => before.has(field) && !isDeepStrictEqual(before.get(field), value))
    .map(([field]) => ({id: later._id, field, taken: file, left: earlier.file}))
}
