/**
 * What a reader may see, in every query: an article that is not live is in no list, behind no link
 * and at no address.
 */
import {afterAll, beforeAll, describe, expect, it} from 'vitest'

import * as queries from '../../front/queries/index.ts'
import {openNewsroom} from './newsroom.ts'
import type {Newsroom} from './newsroom.ts'
import {at, DAY, listed, NOW, paragraph, picks, ref, SEEDED, span, story} from './stories.ts'

const MILLISECOND = 0.001

const clock = (milliseconds: number): string => new Date(milliseconds).toISOString()

/** A time with its offset in hours: `2021-07-14T14:30:00.000+05:30`. */
const inZone = (time: string, hours: number): string => {
  const offset = clock(Math.abs(hours) * 3_600_000).slice(11, 16)
  const local = clock(Date.parse(time) + hours * 3_600_000).slice(0, -1)
  return `${local}${hours < 0 ? '-' : '+'}${offset}`
}

const seen = [
  story('published-now', {firstPublishedAt: NOW}),
  story('embargo-ends-now', {embargoUntil: NOW}),
  story('expires-next', {expiresAt: at(MILLISECOND)}),
  // As API clients may write them: the same times with an offset, which sort differently as
  // strings.
  story('embargo-ends-now-in-delhi', {embargoUntil: inZone(NOW, 5.5)}),
  story('expires-next-in-new-york', {expiresAt: inZone(at(MILLISECOND), -5)}),
  story('usable', {pubStatus: 'usable'}),
]

const hidden = [
  story('published-next', {firstPublishedAt: at(MILLISECOND)}),
  story('embargo-ends-next', {embargoUntil: at(MILLISECOND)}),
  story('expires-now', {expiresAt: NOW}),
  story('embargo-ends-next-in-new-york', {embargoUntil: inZone(at(MILLISECOND), -5)}),
  story('expires-now-in-delhi', {expiresAt: inZone(NOW, 5.5)}),
  story('embargo-is-no-time', {embargoUntil: 'tomorrow'}),
  story('withheld', {pubStatus: 'withheld'}),
  story('retracted', {pubStatus: 'retracted'}),
  story('without-address', {slug: undefined}),
]

const stories = [...seen, ...hidden].map((article) => ({
  ...article,
  topics: listed(SEEDED.musk),
  credits: [
    {
      _key: 'pa',
      _type: 'creditLine' as const,
      credit: ref(SEEDED.paImages),
      role: 'source' as const,
    },
  ],
}))

const ids = stories.map(({_id}) => _id)

/** A story that picks, links to and ranks all the others; it was published long before them. */
const hub = story('hub', {
  firstPublishedAt: at(-9 * DAY),
  topics: [],
  byline: [],
  section: ref(SEEDED.us),
  relatedArticles: picks(...ids),
  body: [
    {
      ...paragraph('links', ''),
      markDefs: ids.map((id) => ({_key: id, _type: 'internalLink' as const, to: ref(id)})),
      children: ids.map((id) => span(id, id)),
    },
  ],
})

const ranking = {
  _id: 'mostRead-today',
  _type: 'mostRead',
  capturedOn: NOW.slice(0, 10),
  items: stories.map(({_id, headline}) => ({
    _key: _id,
    _type: 'mostReadItem',
    headline,
    article: ref(_id),
  })),
}

let newsroom: Newsroom
beforeAll(async () => {
  newsroom = await openNewsroom(...stories, hub, ranking)
})
afterAll(() => newsroom.close())

/** Every query, as the slugs it shows. `first` and `oldest` come before all articles. */
const first = {lastPublishedAt: at(DAY), lastId: ''}
const oldest = {lastPublishedAt: at(-99 * DAY), lastId: ''}
const doors = {
  frontPage: () => slugs(newsroom.client.fetch(queries.frontPageQuery, {now: NOW})),
  latestAfter: () => slugs(newsroom.client.fetch(queries.latestAfterQuery, {now: NOW, ...first})),
  topicPage: async () => {
    const params = {now: NOW, slug: 'elon-musk'}
    return slugs((await newsroom.client.fetch(queries.topicPageQuery, params))?.articles)
  },
  topicPageAfter: () => {
    const params = {now: NOW, slug: 'elon-musk', ...first}
    return slugs(newsroom.client.fetch(queries.topicPageAfterQuery, params))
  },
  section: async () => {
    const params = {now: NOW, slug: 'news'}
    return slugs((await newsroom.client.fetch(queries.topicPageQuery, params))?.articles)
  },
  authorPage: async () => {
    const params = {now: NOW, slug: 'cameron-frew'}
    return slugs((await newsroom.client.fetch(queries.authorPageQuery, params))?.articles)
  },
  authorPageAfter: () => {
    const params = {now: NOW, slug: 'cameron-frew', ...first}
    return slugs(newsroom.client.fetch(queries.authorPageAfterQuery, params))
  },
  creditUse: async () => {
    const params = {now: NOW, id: SEEDED.paImages}
    return slugs((await newsroom.client.fetch(queries.creditUseQuery, params))?.articles)
  },
  picked: () => slugs(newsroom.client.fetch(queries.relatedQuery, {now: NOW, slug: 'hub'})),
  automatic: () =>
    slugs(newsroom.client.fetch(queries.relatedQuery, {now: NOW, slug: SEEDED.slug})),
  search: () => {
    const params = {now: NOW, pattern: queries.searchPattern('the story of')}
    return slugs(newsroom.client.fetch(queries.searchQuery, params))
  },
  feed: () => slugs(newsroom.client.fetch(queries.feedQuery, {now: NOW})),
  sitemap: () => slugs(newsroom.client.fetch(queries.sitemapQuery, {now: NOW})),
  sitemapAfter: () =>
    slugs(newsroom.client.fetch(queries.sitemapAfterQuery, {now: NOW, ...oldest})),
  newsSitemap: () =>
    slugs(newsroom.client.fetch(queries.newsSitemapQuery, {now: NOW, since: at(-2 * DAY)})),
  mostRead: async () =>
    linked((await newsroom.client.fetch(queries.mostReadQuery, {now: NOW}))?.items),
  links: async () => {
    const article = await newsroom.client.fetch(queries.articleBySlugQuery, {now: NOW, slug: 'hub'})
    const [block] = article?.body ?? []
    return block?._type === 'block'
      ? linked(
          block.markDefs?.flatMap((mark) => (mark._type === 'internalLink' ? [mark.to] : [])) ?? [],
        )
      : []
  },
  address: () => shownAt(queries.articleBySlugQuery),
  credits: () => shownAt(queries.articleCreditsQuery),
} satisfies Record<string, () => Promise<string[]>>

type Listed = readonly {slug: string | null}[] | null | undefined

const slugs = async (answer: Listed | Promise<Listed>): Promise<string[]> =>
  ((await answer) ?? []).map((item) => item.slug ?? 'none')

/** For queries that show the name of an article but no link to it. */
const linked = async (answer: Listed): Promise<string[]> =>
  (answer ?? []).flatMap((item) => (item.slug === null ? [] : [item.slug]))

const shownAt = async (
  query: typeof queries.articleBySlugQuery | typeof queries.articleCreditsQuery,
): Promise<string[]> => {
  const answers = await Promise.all(
    stories.map((article) =>
      newsroom.client.fetch(query, {now: NOW, slug: article.slug?.current ?? ''}),
    ),
  )
  return answers.flatMap((answer) => (answer === null ? [] : [answer.slug]))
}

describe('what is live at $now, to the millisecond', () => {
  it.each(Object.entries(doors))('%s', async (_, door) => {
    const shown = (await door()).filter((name) => ![SEEDED.slug, 'hub'].includes(name))
    expect(shown.toSorted()).toEqual(seen.map(({slug: {current}}) => current).toSorted())
  })
})
