import * as library from '../front/queries/index.ts'
import type {JsonObject} from '../packages/lake/src/core/document.ts'
import {HUGE_TOPIC, MIDDLE_TOPIC, type Newsroom, SMALL_TOPIC} from './newsroom.ts'

/** The measured queries: simple ones, which other engines can run too, and the real library. */
export interface MeasuredQuery {
  readonly name: string
  readonly text: string
  /** The parameters of a turn, counted from 0; different in each where that makes sense. */
  params(newsroom: Newsroom, turn: number): JsonObject
}

const NEWEST = '| order(firstPublishedAt desc)[0...20]'
const CARD = `{_id, headline, "slug": slug.current, firstPublishedAt}`
const none = (): JsonObject => ({})

/** A hundred different articles, in turn. */
const some = ({articles}: Newsroom, turn: number): number => ((turn % 100) * 7919) % articles

const byReference = (name: string, id: string): MeasuredQuery => ({
  name,
  text: `*[_type == "article" && references($id)] ${NEWEST}${CARD}`,
  params: () => ({id}),
})

export const PLAIN: readonly MeasuredQuery[] = [
  {
    name: 'by id',
    text: '*[_id == $id][0]',
    params: (newsroom, turn) => ({id: newsroom.articleId(some(newsroom, turn))}),
  },
  {
    name: 'by slug',
    text: '*[_type == "article" && slug.current == $slug][0]',
    params: (newsroom, turn) => ({slug: newsroom.slug(some(newsroom, turn))}),
  },
  {
    name: 'front page',
    text: `*[_type == "article"] ${NEWEST}{headline, "slug": slug.current, firstPublishedAt, "authors": byline[].author->name, "topics": topics[]->name}`,
    params: none,
  },
  byReference('topic page, small', SMALL_TOPIC),
  byReference('topic page, middle', MIDDLE_TOPIC),
  byReference('topic page, huge', HUGE_TOPIC),
  {
    name: 'author page',
    text: `*[_type == "article" && $id in byline[].author._ref] ${NEWEST}${CARD}`,
    params: (newsroom, turn) => ({id: newsroom.authorId(turn % 10)}),
  },
  {name: 'count by type', text: 'count(*[_type == "article"])', params: none},
  {
    name: 'match',
    text: 'count(*[_type == "article" && [headline, pt::text(body)] match "musk*"])',
    params: none,
  },
  {
    name: 'match, newest 20',
    text: `*[_type == "article" && [headline, pt::text(body)] match "musk*"] ${NEWEST}${CARD}`,
    params: none,
  },
  {
    name: 'back references',
    text: `*[_type == "topic"][0...5]{"n": count(*[_type == "article" && references(^._id)])}`,
    params: none,
  },
]

const now = '2030-01-01T00:00:00.000Z'
const slug = (newsroom: Newsroom, turn: number): JsonObject => ({
  slug: newsroom.slug(some(newsroom, turn)),
  now,
})

export const LIBRARY: readonly MeasuredQuery[] = [
  {name: 'articleBySlug', text: library.articleBySlugQuery, params: slug},
  {name: 'frontPage', text: library.frontPageQuery, params: () => ({now})},
  {
    name: 'latestAfter',
    text: library.latestAfterQuery,
    params: () => ({now, lastPublishedAt: '2016-01-01T00:00:00.000Z', lastId: 'a'}),
  },
  {
    name: 'topicPage, small',
    text: library.topicPageQuery,
    params: () => ({now, slug: SMALL_TOPIC}),
  },
  {name: 'topicPage, huge', text: library.topicPageQuery, params: () => ({now, slug: HUGE_TOPIC})},
  {
    name: 'authorPage',
    text: library.authorPageQuery,
    params: (newsroom, turn) => ({now, slug: newsroom.authorId(turn % 10)}),
  },
  {name: 'articleCredits', text: library.articleCreditsQuery, params: slug},
  {name: 'creditUse', text: library.creditUseQuery, params: () => ({now, id: 'credit-1'})},
  {name: 'related', text: library.relatedQuery, params: slug},
  {name: 'search', text: library.searchQuery, params: () => ({now, pattern: 'musketeer*'})},
  {name: 'feed', text: library.feedQuery, params: () => ({now})},
  {
    name: 'newsSitemap',
    text: library.newsSitemapQuery,
    params: () => ({now, since: '2020-12-20T00:00:00.000Z'}),
  },
]
