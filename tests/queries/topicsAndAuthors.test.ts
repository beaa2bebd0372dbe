/** The pages of topics, sections and authors. */
import {afterAll, beforeAll, describe, expect, it} from 'vitest'

import {authorPageQuery, topicPageQuery, topicsIndexQuery} from '../../front/queries/index.ts'
import {openNewsroom} from './newsroom.ts'
import type {Newsroom} from './newsroom.ts'
import {at, author, byline, listed, NOW, paragraph, ref, SEEDED, story, topic} from './stories.ts'

let newsroom: Newsroom
beforeAll(async () => {
  newsroom = await openNewsroom(
    topic('space', {
      description: 'Up there',
      aliases: ['Spaceflight'],
      externalIds: [{_key: 'w', _type: 'externalId', scheme: 'wikidata', value: 'Q5916'}],
    }),
    topic('mars', {parent: ref('topic-space'), kind: 'place'}),
    topic('astronautics', {mergedInto: ref('topic-space')}),
    topic('empty'),
    topic('embargoed-only'),
    author('ida', {jobTitle: 'Reporter', active: false, affiliation: ref(SEEDED.unilad)}),
    author('silent'),
    story('rocket', {topics: listed('topic-space'), byline: byline('author-ida', SEEDED.author)}),
    story('old-tag', {topics: listed('topic-astronautics'), firstPublishedAt: at(-60)}),
    story('mentions-only', {
      dateline: {_type: 'dateline', place: ref('topic-mars')},
      body: [
        {
          ...paragraph('p', 'Ida'),
          markDefs: [{_key: 'l', _type: 'internalLink', to: ref('author-ida')}],
        },
      ],
    }),
    story('later', {topics: listed('topic-embargoed-only'), embargoUntil: at(60)}),
  )
})
afterAll(() => newsroom.close())

const topicPage = (slug: string) => newsroom.client.fetch(topicPageQuery, {slug, now: NOW})
const authorPage = (slug: string) => newsroom.client.fetch(authorPageQuery, {slug, now: NOW})

describe('a topic page', () => {
  it('says what the topic is', async () => {
    expect(await topicPage('space')).toMatchObject({
      name: 'space',
      description: 'Up there',
      aliases: ['Spaceflight'],
      externalIds: [{scheme: 'wikidata', value: 'Q5916'}],
      parent: null,
      children: [{name: 'mars'}],
      mergedInto: null,
    })
    expect(await topicPage('mars')).toMatchObject({parent: {slug: 'space'}, children: []})
  })

  it('has the articles of the topics merged into it, and those redirect to it', async () => {
    const page = await topicPage('space')
    expect(page?.articles.map(({slug}) => slug)).toEqual(['old-tag', 'rocket'])
    expect(await topicPage('astronautics')).toMatchObject({mergedInto: {slug: 'space'}})
  })

  it('does not have articles that only mention it', async () => {
    expect((await topicPage('mars'))?.articles).toEqual([])
    const musk = await topicPage('elon-musk')
    expect(musk?.articles.map(({_id}) => _id)).toEqual([SEEDED.article])
  })

  it('is the front of a section too', async () => {
    const news = await topicPage('news')
    expect(news?.kind).toBe('section')
    expect(news?.articles.map(({slug}) => slug)).toEqual([
      'old-tag',
      'mentions-only',
      'rocket',
      SEEDED.slug,
    ])
  })

  it('is null for a topic that does not exist', async () => {
    expect(await topicPage('nothing')).toBeNull()
  })
})

describe('the index of topics', () => {
  it('counts live articles, by name, and leaves out empty and merged topics', async () => {
    const topics = await newsroom.client.fetch(topicsIndexQuery, {now: NOW})
    expect(topics.map(({name, articleCount}) => [name, articleCount])).toEqual([
      ['Elon Musk', 1],
      ['News', 4],
      ['Now', 1],
      ['US', 1],
      ['Vladimir Putin', 1],
      ['space', 2],
    ])
  })
})

describe('an author page', () => {
  it('has the author’s details, with the articles of every shared byline', async () => {
    expect(await authorPage('ida')).toMatchObject({
      name: 'ida',
      jobTitle: 'Reporter',
      active: false,
      affiliation: {name: 'UNILAD'},
      articles: [{slug: 'rocket'}],
    })
    const frew = await authorPage('cameron-frew')
    expect(frew).toMatchObject({name: 'Cameron Frew', active: true, kind: 'person'})
    expect(frew?.bio).toMatch(/^After graduating/)
    expect(frew?.articles.map(({slug}) => slug)).toContain('rocket')
  })

  it('exists for an author without articles, and is null for an unknown slug', async () => {
    expect(await authorPage('silent')).toMatchObject({name: 'silent', articles: []})
    expect(await authorPage('nobody')).toBeNull()
  })
})
