/** Invisible marks in an answer: in what is read, and nowhere else. */
import {createClient} from '@sanity/client/stega'
import {stegaClean} from '@sanity/client/stega'
import {afterAll, beforeAll, expect, it} from 'vitest'

import {articleBySlugQuery, siteQuery} from '../../front/queries/index.ts'
import {keepClean, plain} from '../../front/stega.ts'
import {openNewsroom} from './newsroom.ts'
import type {Newsroom} from './newsroom.ts'
import {at, NOW, paragraph, ref, SEEDED, story} from './stories.ts'

let newsroom: Newsroom
beforeAll(async () => {
  newsroom = await openNewsroom(
    story('marked', {
      language: 'de',
      access: 'subscriber',
      updatedAt: at(-60),
      corrections: [
        {
          _key: 'c',
          _type: 'correction',
          kind: 'update',
          show: 'top',
          text: 'Neu.',
          madeAt: at(-60),
        },
      ],
      credits: [
        {_key: 'l', _type: 'creditLine', role: 'data', credit: ref(SEEDED.popularMechanics)},
      ],
      body: [
        {
          ...paragraph('p', 'A text with a link.'),
          listItem: 'bullet',
          level: 1,
          markDefs: [
            {_key: 'a', _type: 'link', href: 'tel:112'},
            {_key: 'q', _type: 'quotation', originalLanguage: 'ru', medium: 'radio'},
          ],
        },
        {_key: 'v', _type: 'video', provider: 'own', url: '/clip.mp4', title: 'A clip'},
        {_key: 's', _type: 'socialPost', provider: 'x', url: 'https://x.com/a', postedAt: at(-90)},
      ],
    }),
  )
})
afterAll(() => newsroom.close())

const marking = () =>
  createClient({
    ...newsroom.client.config(),
    resultSourceMap: 'withKeyArraySelector',
    stega: {enabled: true, studioUrl: '/studio', filter: keepClean},
  })

const params = {slug: 'marked', now: NOW}

/** The fields of an answer whose strings a function changes, by name. */
const changedBy = (change: (text: string) => string, value: unknown, name = ''): string[] => {
  if (typeof value === 'string') return change(value) === value ? [] : [name]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) =>
    changedBy(change, inner, Array.isArray(value) ? name : key),
  )
}

it('marks are in what readers read, and not in what code compares', async () => {
  const marked = await marking().fetch(articleBySlugQuery, params)
  expect([...new Set(changedBy(plain, marked))].toSorted()).toEqual([
    'headline',
    'name',
    'shortHeadline',
    'text',
    'title',
  ])
  expect(changedBy(plain, await marking().fetch(siteQuery))).toEqual(
    expect.not.arrayContaining(['timeZone', 'baseUrl', 'language', 'slug', 'kind']),
  )
})

it('without its marks, a text is what was written', async () => {
  const [marked, asked] = await Promise.all(
    [marking(), newsroom.client].map((client) => client.fetch(articleBySlugQuery, params)),
  )
  expect(marked).not.toEqual(asked)
  const texts = JSON.stringify(marked)
  expect(JSON.parse(plain(texts))).toEqual(asked)
  expect(plain(texts)).toBe(JSON.stringify(stegaClean(marked)))
})

it('text that only looks like marks stays', () => {
  const family = '\u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F467} a\u{200C}b'
  expect(plain(family)).toBe(family)
})
