/**
 * What a saved page says about itself: JSON-LD, microdata, the properties of Open Graph, the fields
 * of Parse.ly and Dublin Core. Each statement is kept with its evidence; which one wins follows from
 * the rank of its vocabulary, never from its words.
 */
import {
  attribute,
  elementsIn,
  elementsNamed,
  lineIn,
  readableIn,
  startOf,
  type Element,
  type Node,
} from '../../html/tree.ts'

export type Fact =
  | 'headline'
  | 'description'
  | 'author'
  | 'publishedAt'
  | 'modifiedAt'
  | 'section'
  | 'keyword'
  | 'url'
  | 'language'
  | 'picture'
  | 'publisher'
  | 'articleBody'

/** From the most to the least trusted. */
export type Vocabulary =
  | 'jsonLd'
  | 'microdata'
  | 'openGraph'
  | 'parsely'
  | 'dublinCore'
  | 'plainMeta'

export interface Statement {
  readonly fact: Fact
  readonly value: string
  readonly vocabulary: Vocabulary
  /** What the source calls it: `author.name`, `article:published_time`. */
  readonly name: string
  /** Of an author: a person, an organisation, or a text that may hold several names. */
  readonly nature?: 'person' | 'organisation' | 'text'
  /** Where it is in the source. */
  readonly at: number
}

export interface PageFacts {
  readonly statements: readonly Statement[]
  /** JSON-LD that is no JSON, as it was. */
  readonly broken: readonly {readonly source: string; readonly at: number}[]
}

/** Types of schema.org that are stories. */
const STORY_TYPE = /^(?:https?:\/\/schema\.org\/)?(?:\w*Article|\w*BlogPosting|Report)$/

const RANK: readonly Vocabulary[] = [
  'jsonLd',
  'microdata',
  'openGraph',
  'parsely',
  'dublinCore',
  'plainMeta',
]

export function pageFacts(nodes: readonly Node[]): PageFacts {
  const statements: Statement[] = []
  const broken: {source: string; at: number}[] = []
  for (const element of elementsNamed(nodes, 'script')) {
    const type = attribute(element, 'type')?.toLowerCase()
    if (type !== 'application/ld+json') continue
    const source = element.childNodes.map((node) => ('value' in node ? node.value : '')).join('')
    const at = startOf(element)
    const value = jsonIn(source)
    if (value === undefined) broken.push({source, at})
    else for (const story of storiesIn(value, 0)) statements.push(...jsonLdStatements(story, at))
  }
  for (const item of elementsIn(nodes)) {
    const type = attribute(item, 'itemtype')
    if (type && STORY_TYPE.test(type)) statements.push(...microdataStatements(item))
  }
  for (const element of elementsNamed(nodes, 'meta')) statements.push(...metaStatements(element))
  for (const element of elementsNamed(nodes, 'link')) {
    const href = attribute(element, 'href')
    if (attribute(element, 'rel') === 'canonical' && href) {
      statements.push({
        fact: 'url',
        value: href,
        vocabulary: 'plainMeta',
        name: 'canonical',
        at: startOf(element),
      })
    }
  }
  const [root] = elementsNamed(nodes, 'html')
  const language = root && attribute(root, 'lang')
  if (root && language) {
    statements.push({
      fact: 'language',
      value: language,
      vocabulary: 'plainMeta',
      name: 'lang',
      at: startOf(root),
    })
  }
  const byRank = statements.toSorted(
    (a, b) => RANK.indexOf(a.vocabulary) - RANK.indexOf(b.vocabulary),
  )
  return {statements: byRank, broken}
}

export interface Chosen {
  /** All values of the most trusted vocabulary that states the fact. */
  readonly chosen: readonly Statement[]
  /** What others say differently: for an editor to compare. */
  readonly others: readonly Statement[]
}

/** The statements of one fact: those that count, and those that contradict them. */
export function chosenFor(fact: Fact, {statements}: PageFacts): Chosen {
  const all = statements.filter((one) => one.fact === fact)
  const vocabulary = all[0]?.vocabulary
  const chosen = all.filter((one) => one.vocabulary === vocabulary)
  const values = new Set(chosen.map(({value}) => value))
  const distinct = chosen.filter(
    (one, index) => chosen.findIndex(({value}) => value === one.value) === index,
  )
  return {chosen: distinct, others: all.filter(({value}) => !values.has(value))}
}

type Json = Readonly<Record<string, unknown>>

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value])
const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined

/** Some pages wrap it in CDATA or in a comment, from the time of XHTML. */
function jsonIn(source: string): unknown {
  const bare = source
    .replace(/^\s*(?:\/\/|\/\*)?\s*(?:<!\[CDATA\[|<!--)\s*(?:\*\/)?/, '')
    .replace(/(?:\/\/|\/\*)?\s*(?:\]\]>|-->)\s*(?:\*\/)?\s*$/, '')
  try {
    const value: unknown = JSON.parse(bare)
    return value
  } catch {
    return undefined
  }
}

/** Stories anywhere in the value: in `@graph`, in lists, as the subject of a page. */
function storiesIn(value: unknown, depth: number): Json[] {
  if (depth > 20) return []
  if (Array.isArray(value)) return value.flatMap((one: unknown) => storiesIn(one, depth + 1))
  if (!isObject(value)) return []
  if (listOf(value['@type']).some((type) => typeof type === 'string' && STORY_TYPE.test(type)))
    return [value]
  return ['@graph', 'mainEntity', 'mainEntityOfPage'].flatMap((key) =>
    storiesIn(value[key], depth + 1),
  )
}

const JSON_FACTS: readonly (readonly [string, Fact])[] = [
  ['headline', 'headline'],
  ['description', 'description'],
  ['datePublished', 'publishedAt'],
  ['dateModified', 'modifiedAt'],
  ['articleSection', 'section'],
  ['inLanguage', 'language'],
  ['url', 'url'],
  ['articleBody', 'articleBody'],
]

function jsonLdStatements(story: Json, at: number): Statement[] {
  const said = (fact: Fact, name: string, value: string | undefined): Statement[] =>
    value === undefined ? [] : [{fact, value, vocabulary: 'jsonLd', name, at}]
  const plain = JSON_FACTS.flatMap(([name, fact]) =>
    listOf(story[name]).flatMap((value) => said(fact, name, textOf(value))),
  )
  const page = story['mainEntityOfPage']
  const pictures = listOf(story['image']).flatMap((image) =>
    said('picture', 'image', textOf(image) ?? (isObject(image) ? textOf(image['url']) : undefined)),
  )
  const publishers = listOf(story['publisher']).flatMap((one) =>
    said('publisher', 'publisher.name', isObject(one) ? textOf(one['name']) : undefined),
  )
  const keywords = listOf(story['keywords']).flatMap((value) => {
    const text = textOf(value)
    // One string is a list with commas, by the definition of the property.
    const all = Array.isArray(story['keywords']) ? [text] : (text?.split(',') ?? [])
    return all.flatMap((one) => said('keyword', 'keywords', one?.trim() || undefined))
  })
  return [
    ...plain,
    ...said(
      'url',
      'mainEntityOfPage',
      textOf(page) ?? (isObject(page) ? textOf(page['@id']) : undefined),
    ),
    ...pictures,
    ...publishers,
    ...keywords,
    ...listOf(story['author']).flatMap((author) => jsonAuthor(author, at)),
  ]
}

function jsonAuthor(author: unknown, at: number): Statement[] {
  if (isObject(author)) {
    const types = listOf(author['@type'])
    return listOf(author['name']).flatMap((one) => {
      const value = textOf(one)
      if (value === undefined) return []
      const nature = types.includes('Person')
        ? 'person'
        : types.some((type) => /Organi[sz]ation$/.test(String(type)))
          ? 'organisation'
          : 'text'
      return [{fact: 'author', value, vocabulary: 'jsonLd', name: 'author.name', nature, at}]
    })
  }
  const value = textOf(author)
  return value === undefined
    ? []
    : [{fact: 'author', value, vocabulary: 'jsonLd', name: 'author', nature: 'text', at}]
}

const MICRODATA: Readonly<Record<string, Fact>> = {
  headline: 'headline',
  description: 'description',
  author: 'author',
  datePublished: 'publishedAt',
  dateModified: 'modifiedAt',
  articleSection: 'section',
  keywords: 'keyword',
  image: 'picture',
}

/** Properties of the item itself, not of the items in it. */
function microdataStatements(item: Element): Statement[] {
  const statements: Statement[] = []
  const collect = (element: Element): void => {
    for (const node of element.childNodes) {
      if (!('tagName' in node)) continue
      const names = (attribute(node, 'itemprop') ?? '').split(/\s+/)
      for (const name of names) {
        const fact = MICRODATA[name]
        if (fact) statements.push(...microdataStatement(node, fact, name))
      }
      if (attribute(node, 'itemscope') === undefined) collect(node)
    }
  }
  collect(item)
  return statements
}

function microdataStatement(element: Element, fact: Fact, name: string): Statement[] {
  const at = startOf(element)
  const type = attribute(element, 'itemtype') ?? ''
  const scoped = attribute(element, 'itemscope') !== undefined
  const names = [...elementsIn(element.childNodes)].filter(
    (one) => attribute(one, 'itemprop') === (fact === 'picture' ? 'url' : 'name'),
  )
  const sources = scoped ? names : [element]
  return sources.flatMap((source) => {
    const value =
      attribute(source, 'content') ??
      attribute(source, 'datetime') ??
      (fact === 'picture' ? (attribute(source, 'src') ?? attribute(source, 'href')) : undefined) ??
      lineIn([source])
    if (value === '') return []
    const nature = type.endsWith('/Person')
      ? 'person'
      : type.endsWith('Organization')
        ? 'organisation'
        : 'text'
    return [{fact, value, vocabulary: 'microdata', name, ...(fact === 'author' && {nature}), at}]
  })
}

/** By the attribute `property` or `name`, in lower case. */
const META: Readonly<Record<string, readonly [Fact, Vocabulary]>> = {
  'og:title': ['headline', 'openGraph'],
  'og:description': ['description', 'openGraph'],
  'og:url': ['url', 'openGraph'],
  'og:image': ['picture', 'openGraph'],
  'og:site_name': ['publisher', 'openGraph'],
  'article:author': ['author', 'openGraph'],
  'article:published_time': ['publishedAt', 'openGraph'],
  'article:modified_time': ['modifiedAt', 'openGraph'],
  'article:section': ['section', 'openGraph'],
  'article:tag': ['keyword', 'openGraph'],
  'parsely-title': ['headline', 'parsely'],
  'parsely-author': ['author', 'parsely'],
  'parsely-pub-date': ['publishedAt', 'parsely'],
  'parsely-section': ['section', 'parsely'],
  'parsely-link': ['url', 'parsely'],
  'parsely-image-url': ['picture', 'parsely'],
  'dc:title': ['headline', 'dublinCore'],
  'dc.title': ['headline', 'dublinCore'],
  'dc:creator': ['author', 'dublinCore'],
  'dc.creator': ['author', 'dublinCore'],
  'dc:description': ['description', 'dublinCore'],
  'dc.description': ['description', 'dublinCore'],
  'dc.date': ['publishedAt', 'dublinCore'],
  'dc.date.issued': ['publishedAt', 'dublinCore'],
  title: ['headline', 'plainMeta'],
  author: ['author', 'plainMeta'],
  description: ['description', 'plainMeta'],
}

function metaStatements(element: Element): Statement[] {
  const written = attribute(element, 'property') ?? attribute(element, 'name') ?? ''
  const value = attribute(element, 'content')
  const name = written.toLowerCase()
  const found = META[name]
  if (!value) return []
  const at = startOf(element)
  if (name === 'parsely-tags') {
    return value.split(',').flatMap((tag) => {
      const word = tag.trim()
      return word === ''
        ? []
        : [{fact: 'keyword', value: word, vocabulary: 'parsely', name: written, at}]
    })
  }
  if (!found) return []
  const [fact, vocabulary] = found
  // Open Graph names an author by the address of a profile.
  if (fact === 'author' && /^https?:\/\//.test(value)) return []
  // Parse.ly has one element for each author; elsewhere one text may hold several names.
  const nature = vocabulary === 'parsely' ? 'person' : 'text'
  return [{fact, value, vocabulary, name: written, ...(fact === 'author' && {nature}), at}]
}

/** Where the story of a page is: only elements that say so. */
export function storyElement(nodes: readonly Node[]): Element | undefined {
  const bodies = [...elementsIn(nodes)].filter((one) =>
    (attribute(one, 'itemprop') ?? '').split(/\s+/).includes('articleBody'),
  )
  if (bodies.length === 1) return bodies[0]
  const articles = elementsNamed(nodes, 'article').filter((one) => readableIn([one]).trim() !== '')
  return articles.length === 1 ? articles[0] : undefined
}
