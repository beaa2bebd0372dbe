/** Short forms, so that the demo's stories read like stories. */
import type {Article, Block, Figure, SeedDocument} from '../seed/model/seedDocument.ts'
import type {PictureName} from './pictures/scenes.ts'

/** What a story of the demo needs to know to become a document. */
export interface Setting {
  /** The time so many hours before the import, as `toISOString()` gives it. */
  readonly ago: (hours: number) => string
  /** The time so many hours after the import. */
  readonly ahead: (hours: number) => string
  /** The id of a picture's asset. */
  readonly assetOf: (name: PictureName) => string
}

/** Items with keys, which Sanity's arrays need. */
export const keyed = <Item extends object>(items: readonly Item[]): (Item & {_key: string})[] =>
  items.map((item, index) => ({...item, _key: `k${index + 1}`}))

export const ref = (_ref: string) => ({_type: 'reference' as const, _ref})

export const refs = (...ids: readonly string[]) => keyed(ids.map(ref))

/** References that may point to nothing. */
export const weakRefs = (...ids: readonly string[]) =>
  keyed(ids.map((id) => ({...ref(id), _weak: true as const})))

export const slug = (current: string) => ({_type: 'slug' as const, current})

/** An item that has no key yet. */
type Unkeyed<Item> = Item extends unknown ? Omit<Item, '_key'> : never

type Annotation = Unkeyed<NonNullable<Block['markDefs']>[number]>

interface Marked {
  readonly words: string
  readonly marks: readonly string[]
  readonly annotation?: Annotation
}

/** Words with emphasis. @param marks such as `strong` */
export const marked = (words: string, ...marks: readonly string[]): Marked => ({words, marks})

/** Words with a link, a source or a speaker. */
export const annotated = (words: string, annotation: Annotation): Marked => ({
  words,
  marks: [],
  annotation,
})

export const link = (words: string, href: string): Marked => annotated(words, {_type: 'link', href})

/** @param id of a story, topic or author */
export const linkTo = (words: string, id: string): Marked =>
  annotated(words, {_type: 'internalLink', to: ref(id)})

export const said = (words: string, speaker: string, fields: object = {}): Marked =>
  annotated(words, {_type: 'quotation', speaker: ref(speaker), ...fields})

/** A paragraph, heading, block quote or list item. */
export const text = (
  spans: string | readonly (string | Marked)[],
  fields: Partial<Pick<Block, 'style' | 'listItem' | 'level'>> = {},
): Unkeyed<Block> => {
  const markDefs: NonNullable<Block['markDefs']> = []
  const children = (typeof spans === 'string' ? [spans] : spans).map((span) => {
    const {words, marks, annotation}: Marked = typeof span === 'string' ? marked(span) : span
    const own = [...marks]
    if (annotation !== undefined) {
      const _key = `m${markDefs.length + 1}`
      markDefs.push({...annotation, _key})
      own.push(_key)
    }
    return {_type: 'span' as const, text: words, marks: own}
  })
  return {_type: 'block', style: 'normal', ...fields, markDefs, children: keyed(children)}
}

/** Paragraphs of plain text. */
export const paragraphs = (...words: readonly string[]): Unkeyed<Block>[] =>
  words.map((one) => text(one))

/** A line that credits somebody. */
export const creditLine = (
  credit: string,
  role: NonNullable<Article['credits']>[number]['role'],
  fields: {readonly number?: number; readonly text?: string} = {},
) => ({_type: 'creditLine' as const, credit: ref(credit), role, ...fields})

const studio = keyed([creditLine('credit-quay-drawings', 'illustrator')])

/** A picture. @param words says what it shows, to those who cannot see it */
export const figure = (
  {assetOf}: Setting,
  name: PictureName,
  words: Pick<Figure, 'alt' | 'caption' | 'decorative' | 'crop' | 'hotspot' | 'credits'>,
): Figure => ({_type: 'figure', asset: ref(assetOf(name)), credits: studio, ...words})

export const byline = (...authors: readonly string[]) =>
  keyed(
    authors.map((id) => ({
      _type: 'bylineEntry' as const,
      author: ref(id),
      role: 'writer' as const,
    })),
  )

/** A story as it is stored. */
export type Story = Extract<SeedDocument, {_type: 'article'}>

type Given = Pick<Story, 'headline' | 'section' | 'firstPublishedAt'> &
  Partial<Omit<Story, 'body'>> & {readonly body: readonly Unkeyed<Story['body'][number]>[]}

/** A story at `/news/NAME`. */
export const story = (name: string, fields: Given): Story => ({
  _id: `article-${name}`,
  _type: 'article',
  slug: slug(name),
  articleType: 'news',
  language: 'en-GB',
  byline: byline('author-mara-finch'),
  ...fields,
  body: keyed(fields.body),
})
