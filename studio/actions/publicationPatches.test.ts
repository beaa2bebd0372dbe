import {Mutation} from '@sanity/mutator'
import {expect, test} from 'vitest'

import {publicationPatches} from './publicationPatches.ts'

const now = new Date('2021-07-14T09:00:00.000Z')
const slug = (current: string) => ({_type: 'slug', current})

const publish = (draft: Record<string, unknown>, published: Record<string, unknown> | null) => {
  const patches = publicationPatches(draft, published, now, () => 'key')
  const document = {_id: 'drafts.a', _type: 'article', ...draft}
  return new Mutation({
    mutations: patches.map((patch) => ({patch: {id: 'drafts.a', ...patch}})),
  }).apply(document)
}

test('an article without a web address gets one from its headline', () => {
  expect(publish({headline: 'Russia’s bridge'}, null)).toMatchObject({
    slug: {_type: 'slug', current: 'russias-bridge'},
  })
  expect(publish({headline: '!'}, null)).not.toHaveProperty('slug')
})

test('the first publication sets its time', () => {
  expect(publish({slug: slug('a')}, null)).toMatchObject({
    firstPublishedAt: '2021-07-14T09:00:00.000Z',
  })
})

test('a draft older than the release that published its story keeps the time readers know', () => {
  const published = {slug: slug('a'), firstPublishedAt: '2021-02-14T12:31:00.000Z'}
  expect(publish({slug: slug('a')}, published)).toMatchObject({
    firstPublishedAt: '2021-02-14T12:31:00.000Z',
  })
})

test('an existing time is kept, and nothing is written', () => {
  const draft = {slug: slug('a'), firstPublishedAt: '2021-02-14T12:31:00.000Z'}
  expect(publicationPatches(draft, draft, now, () => 'key')).toEqual([])
})

test('an address that readers knew is kept as an old address', () => {
  const published = {slug: slug('old'), firstPublishedAt: '2021-02-14T12:31:00.000Z'}
  expect(publish({...published, slug: slug('new')}, published)).toMatchObject({
    previousSlugs: [
      {_key: 'key', _type: 'previousSlug', slug: 'old', retiredAt: '2021-07-14T09:00:00.000Z'},
    ],
  })
})

test('an old address in use again is no longer listed as old, and the other is', () => {
  const published = {
    slug: slug('second'),
    firstPublishedAt: '2021-02-14T12:31:00.000Z',
    previousSlugs: [
      {_key: 'k0', slug: 'first', retiredAt: '2021-03-01T00:00:00.000Z'},
      {_key: 'k1', slug: 'other', retiredAt: '2021-03-02T00:00:00.000Z'},
    ],
  }
  expect(publish({...published, slug: slug('first')}, published)).toMatchObject({
    slug: {current: 'first'},
    previousSlugs: [{slug: 'other'}, {slug: 'second'}],
  })
})

test('an address is never listed twice', () => {
  const draft = {
    slug: slug('c'),
    firstPublishedAt: '2021-02-14T12:31:00.000Z',
    previousSlugs: [{_key: 'k0', slug: 'b'}],
  }
  const result = publish(draft, {...draft, slug: slug('b')})
  expect(result).toMatchObject({previousSlugs: [{_key: 'key', slug: 'b'}]})
})

test('a slug that was never published is not kept as an old address', () => {
  const draft = {slug: slug('b'), firstPublishedAt: '2021-02-14T12:31:00.000Z'}
  expect(publicationPatches(draft, null, now, () => 'key')).toEqual([])
})
