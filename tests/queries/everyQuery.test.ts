/** Rules for every query of the library. */
import {readFile} from 'node:fs/promises'

import {afterAll, beforeAll, describe, expect, it} from 'vitest'

import * as library from '../../front/queries/index.ts'
import {openEmptyNewsroom, openNewsroom} from './newsroom.ts'
import type {Newsroom} from './newsroom.ts'
import {
  at,
  author,
  byline,
  DAY,
  listed,
  NOW,
  paragraph,
  ref,
  SEEDED,
  story,
  topic,
} from './stories.ts'

const {previewOf, searchPattern, ...queries} = library

/** The rows of the README's table by query: what each answers, in words. */
const readme = await readFile(new URL('../../front/queries/README.md', import.meta.url), 'utf8')
const rows = new Map(
  [...readme.matchAll(/^\| `(\w+)` +\|[^|]*\|(.*)\|$/gm)].map(([, name, words]) => [name, words]),
)

/** Parameters that fit all queries: a story, a topic and an author share the slug. */
const params = {
  now: NOW,
  since: at(-2 * DAY),
  slug: 'leaky',
  address: '/leaky/',
  id: SEEDED.paImages,
  pattern: searchPattern('what happened'),
  lastPublishedAt: NOW,
  lastMadeAt: NOW,
  lastId: '',
}

/** Values that no reader may see, in every place where a query might select them. */
const SECRET = 'secret-0815'

const correction = (kind: 'correction' | 'retraction') => ({
  _key: kind,
  _type: 'correction' as const,
  kind,
  show: 'top' as const,
  text: 'Fixed.',
  madeAt: at(-60),
})

const leaky = story('leaky', {
  deskNotes: SECRET,
  assignee: SECRET,
  byline: byline('author-leaky'),
  topics: listed('topic-leaky'),
  corrections: [correction('correction')],
  body: [
    {
      ...paragraph('p', 'What happened.'),
      markDefs: [{_key: 'l', _type: 'internalLink', to: ref('author-leaky')}],
    },
    {
      _key: 'f',
      _type: 'figure',
      sourceText: SECRET,
      credits: [{_key: 'c', _type: 'creditLine', role: 'agency', credit: ref(SEEDED.paImages)}],
    },
  ],
  provenance: {
    _type: 'provenance',
    file: SECRET,
    checksum: SECRET,
    furniture: [{_key: 'f', _type: 'furnitureLine', line: 1, kind: 'advert', text: SECRET}],
  },
})

let newsroom: Newsroom
let empty: Newsroom
beforeAll(async () => {
  newsroom = await openNewsroom(
    leaky,
    topic('leaky'),
    author('leaky', {email: `${SECRET}@example.org`}),
    story('sibling', {topics: listed('topic-leaky'), byline: byline('author-leaky')}),
    story('renamed', {
      deskNotes: SECRET,
      previousSlugs: [{_key: 'l', _type: 'previousSlug', slug: 'leaky', retiredAt: at(-DAY)}],
      formerAddresses: ['/leaky/'],
    }),
  )
  empty = await openEmptyNewsroom()
})
afterAll(() => Promise.all([newsroom.close(), empty.close()]))

describe('on an empty dataset', () => {
  it.each(Object.entries(queries))('%s answers as the README says', async (name, query) => {
    const answer = rows.get(name)?.match(/\bor null\b/) ? null : []
    expect(await empty.client.fetch<unknown>(query, params)).toEqual(answer)
  })
})

describe('in a preview', () => {
  it.each(Object.entries(queries))(
    '%s answers the same where all is published',
    async (_, query) => {
      const [asked, previewed] = await Promise.all(
        [query, previewOf(query)].map((text) => newsroom.client.fetch<unknown>(text, params)),
      )
      expect(previewed).toEqual(asked)
    },
  )
})

describe('e-mail addresses, notes for the desk and import records', () => {
  it('are in the dataset', async () => {
    const secrets =
      '*[_id in ["article-leaky", "author-leaky"]]{email, deskNotes, assignee, provenance}'
    const found = JSON.stringify(await newsroom.client.fetch<unknown>(secrets))
    expect(found.split(SECRET)).toHaveLength(7)
  })

  it.each(Object.entries(queries))('are not in the answer of %s', async (_, query) => {
    const answer = await newsroom.client.fetch<unknown>(query, params)
    expect(JSON.stringify(answer)).not.toContain(SECRET)
  })
})
