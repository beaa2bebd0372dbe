/**
 * Stories for the tests of the query library, with what the seeded story does not have. They use the seed's author, section and
 * topics.
 */
import type {Article, Author, Credit, Topic} from '../../front/queries/sanity.types.generated.ts'

type Fields<Document> = Partial<
  Omit<Document, '_id' | '_type' | '_rev' | '_createdAt' | '_updatedAt'>
>

/** The seed's documents that stories refer to. */
export const SEEDED = {
  article: 'article-unilad-20210214-cc676a7c',
  slug: 'elon-musk-invited-vladimir-putin-to-chat-with-him-on-clubhouse',
  publishedAt: '2021-02-14T12:31:00.000Z',
  author: 'author-693232bf4607',
  news: 'topic-news',
  now: 'topic-now',
  musk: 'topic-wd-q317521',
  putin: 'topic-wd-q7747',
  us: 'topic-wd-q30',
  unilad: 'credit-publisher-unilad',
  popularMechanics: 'credit-publisher-popular-mechanics',
  paImages: 'credit-agency-pa-images',
  work: 'credit-work-popular-mechanics-e20dcd0f',
} as const

/** The current time in these tests: six days after the seeded story. */
export const NOW = '2021-02-20T12:00:00.000Z'

/** The time `seconds` after `NOW`, or before it. */
export const at = (seconds: number): string =>
  new Date(Date.parse(NOW) + seconds * 1000).toISOString()

export const HOUR = 3600
export const DAY = 24 * HOUR

export const slug = (current: string) => ({_type: 'slug' as const, current})

export const ref = (_ref: string) => ({_type: 'reference' as const, _ref})

export const listed = (...ids: string[]) => ids.map((id) => ({...ref(id), _key: id}))

/**
 * References to related articles as the Studio writes them: weak, so that the target may be
 * missing.
 */
export const picks = (...ids: string[]) =>
  ids.map((id) => ({...ref(id), _key: id, _weak: true as const}))

export const byline = (...authors: string[]) =>
  authors.map((id) => ({
    _key: id,
    _type: 'bylineEntry' as const,
    author: ref(id),
    role: 'writer' as const,
  }))

export const span = (text: string, ...marks: string[]) => ({
  _key: text.slice(0, 12),
  _type: 'span' as const,
  text,
  marks,
})

export const paragraph = (_key: string, text: string) => ({
  _key,
  _type: 'block' as const,
  style: 'normal' as const,
  markDefs: [],
  children: [span(text)],
})

/** A live news article published an hour before `NOW`, unless `fields` say otherwise. */
export const story = (name: string, fields: Fields<Article> = {}) => ({
  _id: `article-${name}`,
  _type: 'article' as const,
  headline: `The story of ${name}`,
  slug: slug(name),
  articleType: 'news' as const,
  byline: byline(SEEDED.author),
  firstPublishedAt: at(-HOUR),
  section: ref(SEEDED.news),
  body: [paragraph('p1', `What happened to ${name}.`)],
  ...fields,
})

export const topic = (name: string, fields: Fields<Topic> = {}) => ({
  _id: `topic-${name}`,
  _type: 'topic' as const,
  name,
  slug: slug(name),
  kind: 'subject' as const,
  ...fields,
})

export const author = (name: string, fields: Fields<Author> = {}) => ({
  _id: `author-${name}`,
  _type: 'author' as const,
  name,
  slug: slug(name),
  kind: 'person' as const,
  ...fields,
})

export const credit = (name: string, fields: Fields<Credit> = {}) => ({
  _id: `credit-${name}`,
  _type: 'credit' as const,
  kind: 'publisher' as const,
  name,
  ...fields,
})
