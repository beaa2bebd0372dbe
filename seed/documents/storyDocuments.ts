/** Parsed story → documents: a pure function, the last step before writing. */
import type {Named} from '../identify/ids.ts'
import {type Ids, nameIds} from '../identify/nameIds.ts'
import type {ParsedStory} from '../model/parsedStory.ts'
import type {Note, ReviewNote} from '../model/review.ts'
import {type Article, type SeedDocument, seedDocument} from '../model/seedDocument.ts'
import {byline, possibleNames} from '../parse/byline.ts'
import {excerpt} from '../parse/excerpt.ts'
import {updateTime} from '../parse/grammar.ts'
import {publicationTime} from '../parse/publicationTime.ts'
import {readableText} from '../parse/readableText.ts'
import {articleDocument} from './articleDocument.ts'
import {authorDocument} from './authorDocument.ts'
import {creditDocuments} from './creditDocuments.ts'
import {mostReadDocument} from './mostReadDocument.ts'
import {type Propose, proposalList} from './proposals.ts'
import {provenanceOf} from './provenanceOf.ts'
import {siteSettingsDocument} from './siteSettingsDocument.ts'
import {storyBody} from './storyBody.ts'
import {storyTopics} from './storyTopics.ts'

export interface StoryDocuments {
  readonly article: Article
  /**
   * The article and the documents it refers to; each after the documents it refers to, each id
   * once.
   */
  readonly documents: readonly SeedDocument[]
  /** What an editor should check, by line; also in the article’s provenance. */
  readonly review: readonly ReviewNote[]
}

/**
 * `ids` gives the document for each name; by default only this story’s names are compared with each
 * other. Throws a ZodError if a document does not fit the model, which no parsed story should
 * cause.
 */
export function storyDocuments(story: ParsedStory, ids: Ids = nameIds([story])): StoryDocuments {
  const review = [...story.review]
  const note: Note = (code, line, message) => review.push({code, line, message})
  const {propose, proposals} = proposalList(note)
  const topics = storyTopics(story, ids, note)
  const body = storyBody(story, ids, note, propose)
  proposeByline(story, propose)
  noteLookAlikes(story, ids, note)
  review.sort((a, b) => a.line - b.line)

  const provenance = provenanceOf(story, review, proposals, ids)
  const article = articleDocument(story, ids, {topics, body, provenance})
  const documents = [
    ...creditDocuments(story, ids),
    ...topics.topics,
    topics.section,
    ...story.byline.names.map((name) => authorDocument(name, story, ids)),
    article,
    mostReadDocument(story, ids),
    siteSettingsDocument(story.site, ids),
  ].filter((document) => document !== undefined)
  const unique = new Map(documents.map((one) => [one._id, seedDocument.parse(one)]))
  return {article, documents: [...unique.values()], review}
}

/** Proposals from the lines around the byline that its grammar does not cover. */
function proposeByline({byline: own, lines}: ParsedStory, propose: Propose): void {
  const author = (
    value: string,
    line: number,
    evidence: string,
    rule: 'nameInByline' | 'secondByline',
  ) =>
    propose({
      line,
      field: 'byline',
      value,
      evidence,
      rule,
      message: `${excerpt(value)} may be an author of the story. Accept or reject the proposal.`,
    })
  if (own.names.length === 0) {
    for (const name of possibleNames(own.printed)) {
      author(name, own.line, own.printed, 'nameInByline')
    }
  }
  for (const {kind, number, text} of lines) {
    if (kind !== 'unplaced') continue
    const words = readableText(text).text
    const second = byline(words)
    for (const name of second?.time ? possibleNames(second.printed) : []) {
      author(name, number, text, 'secondByline')
    }
    const printed = updateTime(words)
    const time = printed ? publicationTime(printed, own.timeZone) : undefined
    if (time) {
      const message = `The story may have been updated at ${time.local}. Accept or reject the proposal.`
      propose({
        line: number,
        field: 'updatedAt',
        value: time.instant,
        evidence: text,
        rule: 'updateTime',
        message,
      })
    }
  }
}

/** Names that differ by a sign or a letter’s case are different documents, often by mistake. */
function noteLookAlikes(story: ParsedStory, ids: Ids, note: Note): void {
  const seen = new Set<string>()
  const look = (named: Named, line: number): void => {
    const others = ids.lookAlikes(named)
    if (others.length === 0 || seen.size === seen.add(`${named.kind} ${named.name}`).size) return
    const names = others.map((name) => excerpt(name)).join(', ')
    const message = `${excerpt(named.name)} and ${names} have separate documents. Merge them if they are the same.`
    note('lookAlike', line, message)
  }
  for (const name of story.topics?.labels ?? []) {
    look({kind: 'topic', name}, story.topics?.line ?? story.headline.line)
  }
  for (const name of story.byline.names)
    look({kind: 'author', site: story.site, name}, story.byline.line)
  for (const {line, publisher, work} of story.credits) {
    look({kind: 'publisher', name: publisher}, line)
    if (work) look({kind: 'work', publisher, name: work.text}, work.line)
  }
}
