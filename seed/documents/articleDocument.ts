/**
 * The article itself: its text as blocks, and references to everything it shares with others.
 * What the source does not say is left unset: no update time, no standfirst, no picture. Only its
 * standing is said, as for any new article: usable, and free to read.
 */
import {publicationOf} from '../entities/publications.ts'
import type {Article} from '../model/article.ts'
import type {NewsBody} from '../model/newsBody.ts'
import type {ParsedStory} from '../model/parsedStory.ts'
import type {Provenance} from '../model/provenance.ts'
import {figureOf} from './figureOf.ts'
import {articleId, authorId, hashOf, publisherId, workId} from './ids.ts'
import {lineKey} from './lineKey.ts'
import {reference} from './reference.ts'
import {slugOf} from './slugOf.ts'
import type {StoryTopics} from './storyTopics.ts'

interface Parts {
  readonly topics: StoryTopics
  readonly body: NewsBody
  readonly provenance: Provenance
}

export function articleDocument(story: ParsedStory, parts: Parts): Article {
  const {byline, headline, leadFigure, site} = story
  const topics = parts.topics.topics.map(({_id}, index) => ({
    ...reference(_id),
    _key: lineKey(story.topics?.line ?? headline.line, index + 1),
  }))
  const credits = creditLines(story)
  return {
    _id: articleId(site, byline.localTime, headline.text),
    _type: 'article',
    headline: headline.text,
    slug: {_type: 'slug', current: slugOf(headline.text) || hashOf(12, headline.text)},
    articleType: 'news',
    byline: byline.names.map((name, index) => ({
      _type: 'bylineEntry',
      _key: lineKey(byline.line, index + 1),
      author: reference(authorId(site, name)),
      role: 'writer',
    })),
    firstPublishedAt: byline.publishedAt,
    section: reference(parts.topics.section._id),
    body: parts.body,
    ...(leadFigure && {leadMedia: figureOf(leadFigure)}),
    ...(topics.length > 0 && {topics}),
    ...(credits.length > 0 && {credits}),
    language: publicationOf(site).language,
    access: 'free',
    pubStatus: 'usable',
    provenance: parts.provenance,
  }
}

/** A numbered line for each publisher; the work stands under it, without a number. */
function creditLines(story: ParsedStory): NonNullable<Article['credits']> {
  return story.credits.flatMap(({line, number, publisher, work}) => {
    const source = {
      _type: 'creditLine' as const,
      _key: lineKey(line),
      ...(number && {number}),
      credit: reference(publisherId(publisher)),
      role: 'source' as const,
    }
    if (!work) return [source]
    const credit = reference(workId(publisher, work.text))
    return [source, {_type: 'creditLine', _key: lineKey(work.line), credit, role: 'source'}]
  })
}
