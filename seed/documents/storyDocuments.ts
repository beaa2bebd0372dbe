/** Parsed story → documents: a pure step, and the last before anything is written. */
import type {Article} from '../model/article.ts'
import type {ParsedStory} from '../model/parsedStory.ts'
import type {Note, ReviewNote} from '../model/review.ts'
import {seedDocument, type SeedDocument} from '../model/seedDocument.ts'
import {articleDocument} from './articleDocument.ts'
import {authorDocument} from './authorDocument.ts'
import {creditDocuments} from './creditDocuments.ts'
import {mostReadDocument} from './mostReadDocument.ts'
import {provenanceOf} from './provenanceOf.ts'
import {siteSettingsDocument} from './siteSettingsDocument.ts'
import {storyBody} from './storyBody.ts'
import {storyTopics} from './storyTopics.ts'

export interface StoryDocuments {
  readonly article: Article
  /** The article and all it refers to, what is referred to first. Each id once. */
  readonly documents: readonly SeedDocument[]
  /** What an editor should look at, by line: also in the article’s provenance. */
  readonly review: readonly ReviewNote[]
}

/** Throws a ZodError when a document does not fit the model, which no parsed story should cause. */
export function storyDocuments(story: ParsedStory): StoryDocuments {
  const review = [...story.review]
  const note: Note = (code, line, message) => review.push({code, line, message})
  const topics = storyTopics(story, note)
  const body = storyBody(story, note)
  review.sort((a, b) => a.line - b.line)

  const article = articleDocument(story, {topics, body, provenance: provenanceOf(story, review)})
  const documents = [
    ...creditDocuments(story),
    ...topics.topics,
    topics.section,
    ...story.byline.names.map((name) => authorDocument(name, story)),
    article,
    mostReadDocument(story),
    siteSettingsDocument(story.site),
  ].filter((document) => document !== undefined)
  const unique = new Map(documents.map((one) => [one._id, seedDocument.parse(one)]))
  return {article, documents: [...unique.values()], review}
}
