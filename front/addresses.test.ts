import fc from 'fast-check'
import {expect, it} from 'vitest'

import {routeOf, urlOf} from './addresses.ts'
import type {Thing} from './addresses.ts'

const pages: readonly [Thing, string][] = [
  [{_type: 'siteSettings'}, '/'],
  [{_type: 'article', slug: 'ferry-returns'}, '/news/ferry-returns'],
  [{_type: 'topics'}, '/topics'],
  [{_type: 'topic', slug: 'harbour'}, '/topics/harbour'],
  [{_type: 'author', slug: 'ada-quay'}, '/authors/ada-quay'],
  [{_type: 'podcast', slug: 'morning'}, '/podcasts/morning'],
  [{_type: 'search'}, '/search'],
  [{_type: 'corrections'}, '/corrections'],
  [{_type: 'credit', _id: 'credit-agency'}, '/credits/credit-agency'],
  [{_type: 'preview', _id: 'article-1'}, '/preview/article-1'],
]

it.each(pages)('%o is at %s, and that path leads back to it', (thing, path) => {
  expect(urlOf(thing)).toBe(path)
  expect(routeOf(path)).toEqual(thing)
})

it('every address leads back to what it is the address of', () => {
  const names = fc.string({unit: 'binary', maxLength: 12})
  const slugs = fc.record({_type: fc.constantFrom('article', 'topic', 'author'), slug: names})
  const ids = fc.record({_type: fc.constantFrom('credit', 'preview'), _id: names})
  fc.assert(
    fc.property(fc.oneof(slugs, ids), (thing) => {
      const path = urlOf(thing)
      expect(path === null ? thing : routeOf(path)).toEqual(thing)
      // A browser leaves the path as it is.
      expect(path === null ? null : new URL(path, 'https://site.example').pathname).toBe(path)
    }),
  )
})

it('every path that leads somewhere is the address of what it leads to', () => {
  const parts = [
    '/',
    'news',
    'topics',
    'credits',
    'articles',
    's',
    'a',
    '%',
    '%2F',
    '%61',
    'A',
    '?',
  ]
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...parts), {maxLength: 5}), (path) => {
      const thing = routeOf(path.join(''))
      const all = path.join('')
      expect(thing === null ? all : urlOf(thing)).toBe(all)
    }),
    {numRuns: 1000},
  )
})

it.each([
  '',
  'news',
  '/news',
  '/news/',
  '/news/a/',
  '/NEWS/a',
  '/articles/a',
  '/news/a/b',
  '/news/%',
])('nothing is at %j', (path) => {
  expect(routeOf(path)).toBeNull()
})

it.each([null, undefined, '', '.', '..'])('a story with the slug %j has no page', (slug) => {
  expect(urlOf({_type: 'article', slug})).toBeNull()
})
