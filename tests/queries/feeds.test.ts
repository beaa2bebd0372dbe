/** The feed, the sitemap and the news sitemap. */
import {afterAll, beforeAll, describe, expect, it} from 'vitest'

import {feedQuery, newsSitemapQuery, siteQuery, sitemapQuery} from '../../front/queries/index.ts'
import {openNewsroom} from './newsroom.ts'
import type {Newsroom} from './newsroom.ts'
import {at, DAY, NOW, SEEDED, story} from './stories.ts'

const MILLISECOND = 0.001

let newsroom: Newsroom
beforeAll(async () => {
  newsroom = await openNewsroom(
    story('open', {
      updatedAt: at(-60),
      access: 'free',
      rights: {_type: 'rights', maySyndicate: true},
    }),
    story('paywalled', {access: 'subscriber', standfirst: 'A taste.'}),
    story('registered', {access: 'registered'}),
    story('unsyndicatable', {rights: {_type: 'rights', maySyndicate: false, notice: '© Us'}}),
    story('unlisted', {seo: {_type: 'seo', noIndex: true}}),
    story('copy', {seo: {_type: 'seo', canonicalUrl: 'https://example.org/original'}}),
    story('two-days-old', {firstPublishedAt: at(-2 * DAY)}),
    story('older', {firstPublishedAt: at(-2 * DAY - MILLISECOND), updatedAt: at(-60)}),
  )
})
afterAll(() => newsroom.close())

describe('the feed', () => {
  it('includes the text only of stories that are free and may be syndicated', async () => {
    const items = await newsroom.client.fetch(feedQuery, {now: NOW})
    const item = (name: string) => items.find(({slug}) => slug === name)
    expect(items.flatMap(({slug, body}) => (body === null ? [slug] : []))).toEqual([
      'paywalled',
      'registered',
      'unsyndicatable',
    ])
    expect(item('open')).toMatchObject({
      standfirst: null,
      summary: 'What happened to open.',
      body: [{_type: 'block'}],
      dateModified: at(-60),
    })
    expect(item('paywalled')).toMatchObject({summary: 'A taste.', access: 'subscriber'})
    expect(item('registered')).toMatchObject({summary: null})
    expect(item('unsyndicatable')).toMatchObject({summary: null, rightsNotice: '© Us'})
    expect(item('copy')).toMatchObject({canonicalUrl: 'https://example.org/original'})
  })

  it('has the fifty newest', async () => {
    const many = Array.from({length: 52}, (_, index) =>
      story(`n${String(index).padStart(2, '0')}`, {firstPublishedAt: at(-index)}),
    )
    const room = await openNewsroom(...many)
    const items = await room.client.fetch(feedQuery, {now: NOW})
    await room.close()
    expect(items.map(({_id}) => _id)).toEqual(many.slice(0, 50).map(({_id}) => _id))
  })
})

describe('the sitemap', () => {
  it('has every canonical page, with the editor’s date', async () => {
    const pages = await newsroom.client.fetch(sitemapQuery, {now: NOW})
    expect(pages.map(({slug, dateModified}) => [slug, dateModified])).toEqual([
      [SEEDED.slug, SEEDED.publishedAt],
      ['older', at(-60)],
      ['two-days-old', at(-2 * DAY)],
      ['open', at(-60)],
      ['paywalled', at(-3600)],
      ['registered', at(-3600)],
      ['unsyndicatable', at(-3600)],
    ])
  })
})

describe('the news sitemap', () => {
  it('has the first publications of two days; an update does not make an old story news', async () => {
    const params = {now: NOW, since: at(-2 * DAY)}
    const news = await newsroom.client.fetch(newsSitemapQuery, params)
    expect(news.map(({slug, firstPublishedAt}) => [slug, firstPublishedAt])).toEqual([
      ['open', at(-3600)],
      ['paywalled', at(-3600)],
      ['registered', at(-3600)],
      ['unsyndicatable', at(-3600)],
      ['two-days-old', at(-2 * DAY)],
    ])
  })

  it('stops at a thousand', async () => {
    const room = await openNewsroom(
      ...Array.from({length: 1001}, (_, index) =>
        story(`n${index}`, {firstPublishedAt: at(-index)}),
      ),
    )
    const news = await room.client.fetch(newsSitemapQuery, {now: NOW, since: at(-2 * DAY)})
    await room.close()
    expect(news).toHaveLength(1000)
    expect(news.at(-1)?.slug).toBe('n999')
  })
})

describe('the site', () => {
  it('has the details that feeds and sitemaps begin with', async () => {
    expect(await newsroom.client.fetch(siteQuery)).toMatchObject({
      publicationName: 'UNILAD',
      language: 'en-GB',
      timeZone: 'Europe/London',
      publisher: {_id: SEEDED.unilad},
      sections: [{_id: SEEDED.news, slug: 'news'}],
    })
  })
})
