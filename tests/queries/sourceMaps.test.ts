/** Visual editing of the seeded story: each string of its page leads to its field. */
import {createRequire} from 'node:module'

import {createClient} from '@sanity/client/stega'
import {afterAll, beforeAll, describe, expect, it} from 'vitest'

import {articleBySlugQuery, frontPageQuery} from '../../front/queries/index.ts'
import {openNewsroom} from './newsroom.ts'
import type {Newsroom} from './newsroom.ts'

/** The decoder that belongs to the client's own encoder. */
const stega: {vercelStegaDecode(text: string): unknown} = createRequire(
  createRequire(import.meta.url).resolve('@sanity/client'),
)('@vercel/stega')

let newsroom: Newsroom
beforeAll(async () => {
  newsroom = await openNewsroom()
})
afterAll(() => newsroom.close())

const NOW = '2030-01-01T00:00:00.000Z'

/** The target of a string in the Studio: document, type and field. */
const editing = (text: unknown): string | undefined => {
  const decoded: unknown = typeof text === 'string' ? stega.vercelStegaDecode(text) : undefined
  const href = decoded && typeof decoded === 'object' && 'href' in decoded ? decoded.href : ''
  const found = /^\/studio\/intent\/edit\/mode=presentation;(.*?)\?/.exec(String(href))
  return found?.[1] && decodeURIComponent(found[1])
}

const stegaClient = () =>
  createClient({
    ...newsroom.client.config(),
    resultSourceMap: 'withKeyArraySelector',
    stega: {enabled: true, studioUrl: '/studio'},
  })

const seededSlug = (): Promise<string> =>
  newsroom.client.fetch('*[_type == "article"][0].slug.current')

describe('the page of an article', () => {
  it('leads from its strings to their fields', async () => {
    const params = {slug: await seededSlug(), now: NOW}
    const plain = await newsroom.client.fetch(articleBySlugQuery, params)
    const article = await stegaClient().fetch(articleBySlugQuery, params)
    if (!plain || !article) throw new Error('There is no article.')
    const {_id: id} = plain
    expect(editing(article.headline)).toBe(`id=${id};type=article;path=headline`)
    // coalesce(shortHeadline, headline): the field that is set.
    expect(editing(article.shortHeadline)).toMatch(
      new RegExp(`^id=${id};type=article;path=(shortHeadline|headline)$`),
    )
    const author = plain.byline?.[0]?.author
    expect(editing(article.byline?.[0]?.author?.name)).toBe(
      `id=${author?._id};type=author;path=name`,
    )
    const topic = plain.topics?.[0]
    expect(editing(article.topics?.[0]?.name)).toBe(`id=${topic?._id};type=topic;path=name`)
  })

  it('leads from every span of its body to that span', async () => {
    const params = {slug: await seededSlug(), now: NOW}
    const plain = await newsroom.client.fetch(articleBySlugQuery, params)
    const article = await stegaClient().fetch(articleBySlugQuery, params)
    const expected: string[] = []
    const found: (string | undefined)[] = []
    for (const [index, block] of (plain?.body ?? []).entries()) {
      const encoded = article?.body?.[index]
      if (block._type !== 'block' || encoded?._type !== 'block') continue
      for (const [at, span] of (block.children ?? []).entries()) {
        if (!('text' in span) || !span.text || /^\d{4}-|^\w+:/.test(span.text)) continue
        const path = `body[_key=="${block._key}"].children[_key=="${span._key}"].text`
        expected.push(`id=${plain?._id};type=article;path=${path}`)
        const other = encoded.children?.[at]
        found.push(other && 'text' in other ? editing(other.text) : undefined)
      }
    }
    expect(expected.length).toBeGreaterThan(5)
    expect(found).toEqual(expected)
  })
})

describe('the front page', () => {
  it('leads from each headline to its article', async () => {
    const cards = await newsroom.client.fetch(frontPageQuery, {now: NOW})
    const encoded = await stegaClient().fetch(frontPageQuery, {now: NOW})
    expect(cards.length).toBeGreaterThan(0)
    expect(encoded.map(({headline}) => editing(headline))).toEqual(
      cards.map(({_id}) => `id=${_id};type=article;path=headline`),
    )
  })
})
