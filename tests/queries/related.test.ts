/** Related articles: the editor's picks, then those that share the most topics. */
import {afterAll, beforeAll, describe, expect, it} from 'vitest'

import {relatedQuery} from '../../front/queries/index.ts'
import {openNewsroom} from './newsroom.ts'
import type {Newsroom} from './newsroom.ts'
import {at, listed, NOW, picks, SEEDED, story} from './stories.ts'

const {musk, putin, us, now} = SEEDED

let newsroom: Newsroom
beforeAll(async () => {
  newsroom = await openNewsroom(
    story('main', {
      topics: listed(musk, putin, us),
      relatedArticles: picks(
        'article-picked-b',
        'article-main',
        'article-held',
        'article-picked-a',
      ),
    }),
    story('picked-a', {topics: []}),
    story('picked-b', {topics: listed(musk, putin, us)}),
    story('held', {embargoUntil: at(60), topics: listed(musk)}),
    story('one-shared-new', {topics: listed(us), firstPublishedAt: at(-10)}),
    story('one-shared-tied', {topics: listed(us), firstPublishedAt: at(-10)}),
    story('one-shared-old', {topics: listed(us), firstPublishedAt: at(-9e5)}),
    story('two-shared-old', {topics: listed(putin, musk, now), firstPublishedAt: at(-9e5)}),
    story('none-shared', {topics: listed(now)}),
    story('many-picks', {
      topics: [],
      relatedArticles: picks(
        ...['picked-a', 'picked-b', 'one-shared-new', 'one-shared-tied', 'none-shared'].map(
          (name) => `article-${name}`,
        ),
        'article-never-written',
      ),
    }),
  )
})
afterAll(() => newsroom.close())

const related = async (slug: string) =>
  (await newsroom.client.fetch(relatedQuery, {slug, now: NOW}))?.map((article) => article.slug)

describe('related articles', () => {
  it('are picked in the order given, then shared topics by count, date and id', async () => {
    expect(await related('main')).toEqual([
      'picked-b',
      'picked-a',
      SEEDED.slug,
      'two-shared-old',
      'one-shared-new',
      'one-shared-tied',
    ])
  })

  it('need no picks', async () => {
    const found = await related(SEEDED.slug)
    expect(found).toEqual([
      'main',
      'picked-b',
      'two-shared-old',
      'one-shared-new',
      'one-shared-tied',
      'none-shared',
    ])
  })

  it('need no topics, and skip picks that do not exist', async () => {
    expect(await related('many-picks')).toEqual([
      'picked-a',
      'picked-b',
      'one-shared-new',
      'one-shared-tied',
      'none-shared',
    ])
    expect(await related('picked-a')).toEqual([])
  })

  it('are null for an article that is not live', async () => {
    expect(await related('held')).toBeUndefined()
  })
})
