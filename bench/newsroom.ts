import type {StoredDocument} from '../packages/lake/src/core/document.ts'
import {type Random, createRandom} from './random.ts'

/**
 * Generates a newsroom of any size, the same in every run: articles of about 5 KB with the fields
 * of real ones, authors, topics from tiny to huge, credits.
 */
export interface Newsroom {
  readonly articles: number
  /** The documents that articles refer to, then the articles. */
  documents(): Generator<StoredDocument>
  slug(article: number): string
  articleId(article: number): string
  authorId(author: number): string
}

/** Topics by their share of the articles: one in 1000, in 140, in 14; at least a full page. */
export const SMALL_TOPIC = 'topic-small'
export const MIDDLE_TOPIC = 'topic-middle'
export const HUGE_TOPIC = 'topic-huge'

/** Articles on a page. */
const PAGE = 20
const SECTIONS = 8
const CREDITS = 50
const DAY = 24 * 60 * 60 * 1000
const FIRST_DAY = Date.UTC(2011, 0, 1)
const TEN_YEARS = 3650 * DAY

/** Ids like the Studio's: their order does not follow the time of creation. */
const idOf = (kind: string, number: number): string => {
  const random = createRandom(number + kind.length * 7919)
  const hex = (): string => random.below(0x1_0000_0000).toString(16).padStart(8, '0')
  return `${kind}-${hex()}${hex()}`
}

export const createNewsroom = (articles: number): Newsroom => {
  const authors = Math.max(10, Math.floor(articles / 100))
  const topics = Math.max(20, Math.floor(articles / 200))

  const article = (number: number): StoredDocument => {
    const random = createRandom(number)
    const published = new Date(FIRST_DAY + random.below(TEN_YEARS)).toISOString()
    const filed = [
      ...(random.chance(1 / 14) || number < PAGE ? [HUGE_TOPIC] : []),
      ...(random.chance(1 / 140) || number < PAGE ? [MIDDLE_TOPIC] : []),
      ...(random.chance(1 / 1000) || number < PAGE ? [SMALL_TOPIC] : []),
      ...new Set([1, 2, 3].map(() => idOf('topic', random.below(topics)))),
    ]
    const headline = sentence(random, 9, 12)
    return {
      ...systemFields('article', idOf('article', number), published),
      headline,
      slug: {_type: 'slug', current: slugOf(number)},
      articleType: random.chance(0.9) ? 'news' : 'opinion',
      byline: [
        {
          _type: 'bylineEntry',
          _key: 'b1',
          role: 'writer',
          author: {_type: 'reference', _ref: idOf('author', random.below(authors))},
        },
      ],
      firstPublishedAt: published,
      section: {_type: 'reference', _ref: `section-${random.below(SECTIONS)}`},
      topics: filed.map(reference),
      standfirst: sentence(random, 18, 25),
      leadMedia: {
        _type: 'figure',
        caption: sentence(random, 5, 9),
        credits: [creditLine(random, 'agency', 1)],
      },
      body: Array.from({length: 9}, (_, index) => paragraph(random, index)),
      credits: [creditLine(random, 'source', 1), creditLine(random, 'source', 2)],
      language: 'en-GB',
      pubStatus: 'usable',
      rights: {_type: 'rights', maySyndicate: random.chance(0.8)},
      provenance: {
        _type: 'provenance',
        sourceSite: {_type: 'reference', _ref: 'credit-0'},
        capturedOn: published.slice(0, 10),
        timeZone: 'Europe/London',
      },
    }
  }

  return {
    articles,
    slug: slugOf,
    articleId: (number) => idOf('article', number),
    authorId: (number) => idOf('author', number % authors),
    *documents() {
      for (let n = 0; n < CREDITS; n += 1) yield credit(n)
      for (let n = 0; n < SECTIONS; n += 1) yield topic(`section-${n}`, 'section')
      for (const id of [SMALL_TOPIC, MIDDLE_TOPIC, HUGE_TOPIC]) yield topic(id, 'subject')
      for (let n = 0; n < topics; n += 1) yield topic(idOf('topic', n), 'subject')
      for (let n = 0; n < authors; n += 1) yield author(n)
      for (let n = 0; n < articles; n += 1) yield article(n)
    },
  }
}

const systemFields = (
  type: string,
  id: string,
  time: string,
): Pick<StoredDocument, '_id' | '_type' | '_rev' | '_createdAt' | '_updatedAt'> => ({
  _id: id,
  _type: type,
  _rev: 'bench',
  _createdAt: time,
  _updatedAt: time,
})

const reference = (id: string, key: number): {_type: string; _key: string; _ref: string} => ({
  _type: 'reference',
  _key: `k${key}`,
  _ref: id,
})

const BEGINNING = '2011-01-01T00:00:00.000Z'

const slugOf = (article: number): string => `story-${article}-of-the-day`

const credit = (number: number): StoredDocument => ({
  ...systemFields('credit', `credit-${number}`, BEGINNING),
  kind: number % 2 === 0 ? 'publisher' : 'agency',
  name: `Credit ${number}`,
  creditText: `Courtesy of Credit ${number}`,
})

const topic = (id: string, kind: string): StoredDocument => ({
  ...systemFields('topic', id, BEGINNING),
  kind,
  name: `Topic ${id}`,
  slug: {_type: 'slug', current: id},
})

const author = (number: number): StoredDocument => {
  const id = idOf('author', number)
  return {
    ...systemFields('author', id, BEGINNING),
    kind: 'person',
    name: `Author ${number}`,
    slug: {_type: 'slug', current: id},
    bio: sentence(createRandom(number), 30, 60),
  }
}

const creditLine = (
  random: Random,
  role: string,
  number: number,
): {readonly [name: string]: string | number | {_type: string; _ref: string}} => ({
  _type: 'creditLine',
  _key: `c${number}`,
  role,
  number,
  credit: {_type: 'reference', _ref: `credit-${random.below(CREDITS)}`},
})

const paragraph = (
  random: Random,
  index: number,
): {
  readonly [name: string]: string | readonly {readonly [name: string]: string | readonly string[]}[]
} => ({
  _type: 'block',
  _key: `p${index}`,
  style: 'normal',
  markDefs: [],
  children: [
    {_type: 'span', _key: `p${index}s0`, marks: [], text: sentence(random, 22, 30)},
    {_type: 'span', _key: `p${index}s1`, marks: ['em'], text: sentence(random, 10, 16)},
  ],
})

const SYLLABLES = 'ba ce di fo gu ha je ki lo mu na pe ri so tu va we xi yo zu'.split(' ')

/** Words of two to four syllables; low numbers are frequent words. */
const WORDS = Array.from({length: 4000}, (_, number) => {
  let word = ''
  for (let rest = number + 20; rest > 0; rest = Math.floor(rest / 20)) word += SYLLABLES[rest % 20]
  return word
})

/** Rare words for searches: one article in eleven has one. */
const RARE = ['Musk', 'musketeer', 'Musk’s']
const RARE_CHANCE = 0.0042

const sentence = (random: Random, from: number, to: number): string => {
  const words = Array.from({length: from + random.below(to - from + 1)}, () => {
    const rank = Math.floor(WORDS.length * random.next() ** 3)
    return WORDS[rank] ?? ''
  })
  if (random.chance(RARE_CHANCE)) words[1] = RARE[random.below(RARE.length)] ?? ''
  const text = words.join(' ')
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
}
