/** The address of an article after it was renamed or retracted. */
import {afterAll, beforeAll, describe, expect, it} from 'vitest'

import {
  articleBySlugQuery,
  articleRedirectQuery,
  retractedArticleQuery,
} from '../../front/queries/index.ts'
import {openNewsroom} from './newsroom.ts'
import type {Newsroom} from './newsroom.ts'
import {at, DAY, NOW, slug, story} from './stories.ts'

const retired = (...slugs: string[]) =>
  slugs.map((name) => ({
    _key: name,
    _type: 'previousSlug' as const,
    slug: name,
    retiredAt: at(-DAY),
  }))

const correction = (kind: 'correction' | 'retraction', show: 'top' | 'end', madeAt: string) => ({
  _key: `${kind}-${show}`,
  _type: 'correction' as const,
  kind,
  show,
  madeAt,
  text: `${kind}!`,
})

const documents = [
  story('plain'),
  story('renamed', {previousSlugs: retired('old-name', 'older-name')}),
  story('moved-away', {previousSlugs: retired('taken', 'promised')}),
  story('taker', {slug: slug('taken')}),
  story('promised', {embargoUntil: at(60)}),
  story('returned', {slug: slug('returned'), previousSlugs: retired('returned')}),
  story('hidden', {previousSlugs: retired('hidden-before'), pubStatus: 'withheld'}),
  story('gone', {
    pubStatus: 'retracted',
    corrections: [
      correction('correction', 'end', at(-90)),
      correction('retraction', 'top', at(-80)),
    ],
  }),
]

let newsroom: Newsroom
beforeAll(async () => {
  newsroom = await openNewsroom(...documents)
})
afterAll(() => newsroom.close())

const article = (name: string, now = NOW) =>
  newsroom.client.fetch(articleBySlugQuery, {slug: name, now})

const redirect = (name: string, now = NOW) =>
  newsroom.client.fetch(articleRedirectQuery, {slug: name, now})

const retraction = (name: string) =>
  newsroom.client.fetch(retractedArticleQuery, {slug: name, now: NOW})

describe('an address that changed', () => {
  it('leads to the article, however often it was renamed', async () => {
    expect(await redirect('old-name')).toEqual({slug: 'renamed'})
    expect(await redirect('older-name')).toEqual({slug: 'renamed'})
  })

  it('gives null when a live article has it now', async () => {
    expect(await redirect('taken')).toBeNull()
    expect(await article('taken')).toMatchObject({_id: 'article-taker'})
    expect(await redirect('returned')).toBeNull()
  })

  it('still leads to the old article while the new one is under embargo', async () => {
    expect(await redirect('promised')).toEqual({slug: 'moved-away'})
    expect(await redirect('promised', at(60))).toBeNull()
    expect(await article('promised', at(60))).toMatchObject({slug: 'promised'})
  })

  it('reveals no article on hold, and invents none', async () => {
    expect(await redirect('hidden-before')).toBeNull()
    expect(await redirect('never-was')).toBeNull()
  })
})

describe('a retracted article', () => {
  it('shows only its headline and the retraction', async () => {
    expect(await article('gone')).toBeNull()
    expect(await retraction('gone')).toEqual({
      _id: 'article-gone',
      headline: 'The story of gone',
      firstPublishedAt: at(-3600),
      retractions: [{_key: 'retraction-top', text: 'retraction!', madeAt: at(-80)}],
    })
  })

  it('is in no other query', async () => {
    expect(await Promise.all(['hidden', 'plain', 'never-was'].map(retraction))).toEqual([
      null,
      null,
      null,
    ])
  })
})
