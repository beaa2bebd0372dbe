/**
 * Builds the article document: its text as blocks, and references to the documents it shares with
 * other articles. What the source does not state stays unset: update time, standfirst, picture.
 * Only its status is set, as for any new article: usable and free to read.
 */
import {publicationOf} from '../entities/publications.ts'
import {articleId, hashOf} from '../identify/ids.ts'
import type {Ids} from '../identify/nameIds.ts'
import {slugOf} from '../identify/slugOf.ts'
import type {ParsedStory} from '../model/parsedStory.ts'
import type {Article, NewsBody, Provenance} from '../model/seedDocument.ts'
import {foldSpace} from '../parse/readableText.ts'
import {figureOf} from './figureOf.ts'
import {lineKey} from './lineKey.ts'
import {reference} from './reference.ts'
import type {StoryTopics} from './storyTopics.ts'

interface Parts {
  readonly topics: StoryTopics
  readonly body: NewsBody
  readonly provenance: Provenance
}

export function articleDocument(story: ParsedStory, ids: Ids, parts: Parts): Article {
  const {byline, headline, leadFigure, site} = story
  const topics = parts.topics.topics.map(({_id}, index) => ({
    ...reference(_id),
    _key: lineKey(story.topics?.line ?? headline.line, index + 1),
  }))
  const authors = byline.names.map((name, index) => ({
    _type: 'bylineEntry' as const,
    _key: lineKey(byline.line, index + 1),
    author: reference(ids.author(site, name)),
    role: 'writer' as const,
  }))
  const credits = creditLines(story, ids)
  return {
    _id: articleIdOf(story),
    _type: 'article',
    headline: headline.text,
    slug: {_type: 'slug', current: slugOf(headline.text) || hashOf(12, headline.text)},
    articleType: 'news',
    ...(authors.length > 0 ? {byline: authors} : {bylineText: byline.printed}),
    firstPublishedAt: byline.publishedAt,
    section: reference(parts.topics.section._id),
    body: parts.body,
    ...(leadFigure && {leadMedia: figureOf(leadFigure, ids)}),
    ...(topics.length > 0 && {topics}),
    ...(credits.length > 0 && {credits}),
    language: publicationOf(site).language,
    access: 'free',
    pubStatus: 'usable',
    provenance: parts.provenance,
  }
}

/**
 * Uses the headline as printed, with spaces folded: ids must not change when text is read
 * differently.
 */
export function articleIdOf({byline, headline, lines, site}: ParsedStory): string {
  const printed = lines.find(({number}) => number === headline.line)?.text ?? headline.text
  return articleId(site, byline.localTime, foldSpace(printed))
}

/** A numbered line for each publisher; its work follows without a number. */
function creditLines(story: ParsedStory, ids: Ids): NonNullable<Article['credits']> {
  return story.credits.flatMap(({line, number, publisher, work}) => {
    const source = {
      _type: 'creditLine' as const,
      _key: lineKey(line),
      ...(number && {number}),
      credit: reference(ids.publisher(publisher)),
      role: 'source' as const,
    }
    if (!work) return [source]
    const credit = reference(ids.work(publisher, work.text))
    return [source, {_type: 'creditLine', _key: lineKey(work.line), credit, role: 'source'}]
  })
}
