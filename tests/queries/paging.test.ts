/**
 * Pages that continue after an article: every article comes once, in a fixed order, even if others
 * are published meanwhile or share the same time.
 */
import {afterAll, beforeAll, describe, expect, it} from 'vitest'

import * as queries from '../../front/queries/index.ts'
import {openNewsroom} from './newsroom.ts'
import type {Newsroom} from './newsroom.ts'
import {at, author, byline, HOUR, listed, NOW, ref, story, topic} from './stories.ts'

/** 45 stories at three times: both page ends of 20 fall among articles with the same time. */
const stories = Array.from({length: 45}, (_, index) =>
  story(`tied-${String((index * 7) % 45).padStart(2, '0')}`, {
    firstPublishedAt: at(-HOUR * (1 + (index % 3))),
    section: ref('topic-markets'),
    topics: listed('topic-markets'),
    byline: byline('author-desk'),
    corrections: Array.from({length: 5}, (__, number) => ({
      _key: `c${9 - number}`,
      _type: 'correction' as const,
      kind: 'correction' as const,
      show: 'end' as const,
      text: 'Fixed.',
      madeAt: at(-60 * (number % 2)),
    })),
  }),
)

const documents = [topic('markets', {kind: 'section'}), author('desk', {kind: 'desk'}), ...stories]

const newestFirst = stories
  .toSorted(
    (a, b) => b.firstPublishedAt.localeCompare(a.firstPublishedAt) || (a._id < b._id ? -1 : 1),
  )
  .map(({_id}) => _id)

let newsroom: Newsroom
beforeAll(async () => {
  newsroom = await openNewsroom(...documents)
})
afterAll(() => newsroom.close())

type Item = {readonly _id: string; readonly firstPublishedAt: string}
type Page = readonly Item[] | null | undefined
type Position = {readonly lastPublishedAt: string; readonly lastId: string}

/** Reads pages until one is empty; fails if the list does not end. */
const everyPage = async (firstPage: Page, next: (position: Position) => Promise<Page>) => {
  const pages = [firstPage ?? []]
  for (let page = firstPage; page?.length; pages.push(page ?? [])) {
    const last = page.at(-1)
    if (last === undefined || pages.length > 10) throw new Error('the pages do not end')
    page = await next({lastPublishedAt: last.firstPublishedAt, lastId: last._id})
  }
  return pages
}

const idsOf = (pages: readonly (readonly Item[])[]) =>
  pages.flat().flatMap(({_id}) => (_id.startsWith('article-tied') ? [_id] : []))

describe('following pages', () => {
  it('cover the front page', async () => {
    const {client} = newsroom
    const pages = await everyPage(
      await client.fetch(queries.frontPageQuery, {now: NOW}),
      (position) => client.fetch(queries.latestAfterQuery, {now: NOW, ...position}),
    )
    expect(pages.map(({length}) => length)).toEqual([20, 20, 6, 0])
    expect(idsOf(pages)).toEqual(newestFirst)
  })

  it('cover a topic', async () => {
    const {client} = newsroom
    const params = {now: NOW, slug: 'markets'}
    const start = await client.fetch(queries.topicPageQuery, params)
    const pages = await everyPage(start?.articles, (position) =>
      client.fetch(queries.topicPageAfterQuery, {...params, ...position}),
    )
    expect(idsOf(pages)).toEqual(newestFirst)
  })

  it('cover an author', async () => {
    const {client} = newsroom
    const params = {now: NOW, slug: 'desk'}
    const start = await client.fetch(queries.authorPageQuery, params)
    const pages = await everyPage(start?.articles, (position) =>
      client.fetch(queries.authorPageAfterQuery, {...params, ...position}),
    )
    expect(idsOf(pages)).toEqual(newestFirst)
  })

  it('cover a sitemap from the end of any file', async () => {
    const {client} = newsroom
    const all = await client.fetch(queries.sitemapQuery, {now: NOW})
    const oldestFirst = stories
      .toSorted(
        (a, b) => a.firstPublishedAt.localeCompare(b.firstPublishedAt) || (a._id < b._id ? -1 : 1),
      )
      .map(({_id}) => _id)
    expect(idsOf([all])).toEqual(oldestFirst)
    const middle = all[21]
    const position = {lastPublishedAt: middle?.firstPublishedAt, lastId: middle?._id}
    const rest = await client.fetch(queries.sitemapAfterQuery, {now: NOW, ...position})
    expect(rest).toEqual(all.slice(22))
  })

  it('do not shift when something is published between two pages', async () => {
    const room = await openNewsroom(...documents)
    const [page, last] = [
      await room.client.fetch(queries.frontPageQuery, {now: NOW}),
      newestFirst[19],
    ]
    await room.publish(story('breaking', {firstPublishedAt: NOW}))
    const position = {lastPublishedAt: page.at(-1)?.firstPublishedAt, lastId: last}
    const next = await room.client.fetch(queries.latestAfterQuery, {now: NOW, ...position})
    await room.close()
    expect(idsOf([next])).toEqual(newestFirst.slice(20, 40))
  })

  it('cover the corrections', async () => {
    const {client} = newsroom
    const entries = await client.fetch(queries.correctionsQuery, {now: NOW})
    const sizes = [entries.length]
    for (let last = entries.at(-1); last !== undefined && sizes.length < 9;) {
      const params = {now: NOW, lastMadeAt: last.madeAt, lastId: last.id}
      const page = await client.fetch(queries.correctionsAfterQuery, params)
      entries.push(...page)
      sizes.push(page.length)
      last = page.at(-1)
    }
    expect(sizes).toEqual([100, 100, 25, 0])
    expect(new Set(entries.map(({id}) => id)).size).toBe(225)
    const inOrder = entries.toSorted(
      (a, b) => b.madeAt.localeCompare(a.madeAt) || (a.id < b.id ? -1 : 1),
    )
    expect(entries).toEqual(inOrder)
  })
})
