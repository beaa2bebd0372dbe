/**
 * Several stories → one list of documents. Stories share authors, topics, credits and most-read
 * lists. If two stories disagree about one, the later story wins, field by field (site settings
 * come from the first story). No line is lost: each article keeps its own source in its provenance.
 * Of several captures of one page the latest is used, under the id of the first; the others are
 * listed.
 */
import {basename} from 'node:path'
import {isDeepStrictEqual} from 'node:util'

import {type Ids, nameIds, type StoredName} from '../identify/nameIds.ts'
import {type Page, pagesOf} from '../identify/pages.ts'
import type {ReviewNote} from '../model/review.ts'
import {seedDocument, seedDocuments, type SeedDocument} from '../model/seedDocument.ts'
import {excerpt} from '../parse/excerpt.ts'
import type {Refusal} from '../parse/refusal.ts'
import type {ReadStory} from '../readStories.ts'
import {articleIdOf} from './articleDocument.ts'
import {addressOf, freeSlug} from './freeSlug.ts'
import {storyDocuments, type StoryDocuments} from './storyDocuments.ts'

export interface MergedStory {
  readonly file: string
  /** The id of its article. */
  readonly article: string
  /** The ids of all its documents; each after the documents it refers to. */
  readonly ids: readonly string[]
  readonly review: readonly ReviewNote[]
  /** Files that hold earlier captures of the same page, the oldest first. */
  readonly earlierCaptures: readonly string[]
}

/** A field of a shared document about which two stories disagree. */
export interface Disagreement {
  readonly id: string
  readonly field: string
  /** The story whose value is used, and the one whose value is not. */
  readonly taken: string
  readonly left: string
}

export interface MergedStories {
  /** By time of publication. */
  readonly stories: readonly MergedStory[]
  readonly documents: ReadonlyMap<string, SeedDocument>
  readonly disagreements: readonly Disagreement[]
  /** Files with the same bytes as another file. */
  readonly refused: readonly Refusal[]
}

/** `stored` are the named documents of the dataset: see `nameIds`. */
export function mergeStories(
  read: readonly ReadStory[],
  stored: readonly StoredName[] = [],
): MergedStories {
  const stories: MergedStory[] = []
  const documents = new Map<string, {document: SeedDocument; file: string}>()
  const disagreements: Disagreement[] = []
  // Documents come after those they refer to, so the type of a target is known here.
  const model = seedDocuments((id) => documents.get(id)?.document._type)
  const {pages, refused} = pagesOf(read)
  const ids = nameIds(
    pages.map(({latest}) => latest.story),
    stored,
  )

  for (const page of pages.toSorted((a, b) => byPublication(a.latest, b.latest))) {
    const {file} = page.latest
    const {documents: own, article, review} = documentsOf(page, ids)
    for (const document of own) {
      const earlier = documents.get(document._id)
      if (earlier && document._type === 'siteSettings') continue
      if (earlier) disagreements.push(...compare(earlier, document, file))
      const merged = model.parse({...earlier?.document, ...document})
      documents.set(document._id, {document: merged, file})
    }
    stories.push({
      file,
      article: article._id,
      ids: own.map(({_id}) => _id),
      review,
      earlierCaptures: page.earlier.map((capture) => capture.file),
    })
  }
  return {stories, documents: withFreeSlugs(documents.values()), disagreements, refused}
}

/** The documents of the latest capture, with the id of the first and a list of the others. */
function documentsOf({earlier, latest}: Page, ids: Ids): StoryDocuments {
  const [first] = earlier
  if (!first) return storyDocuments(latest.story, ids)
  const headlines = new Set(earlier.map(({story}) => story.headline.text))
  headlines.delete(latest.story.headline.text)
  const {line} = latest.story.headline
  const changed: ReviewNote[] = [...headlines].map((headline) => ({
    code: 'changedHeadline',
    line,
    message: `An earlier capture of the page has another headline: ${excerpt(headline)}. Check it.`,
  }))
  const story = {...latest.story, review: [...latest.story.review, ...changed]}
  const {article, documents, review} = storyDocuments(story, ids)
  const {provenance} = article
  const whole = seedDocument.parse({
    ...article,
    _id: articleIdOf(first.story),
    ...(provenance && {provenance: {...provenance, earlierCaptures: earlier.map(captureOf)}}),
  })
  if (whole._type !== 'article')
    throw new Error(`${latest.file}: an article became another document.`)
  return {
    article: whole,
    documents: documents.map((one) => (one._id === article._id ? whole : one)),
    review,
  }
}

function captureOf({file, story}: ReadStory, index: number) {
  const {capturedOn, headline, source} = story
  return {
    _type: 'capture' as const,
    _key: `c${index + 1}`,
    file: basename(file),
    checksum: source.checksum,
    capturedOn,
    headline: headline.text,
  }
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
