/**
 * Ghost's editor format, lexical: a tree of nodes as JSON. Text becomes HTML, which `html/` reads
 * like any other; a card without an HTML form is kept letter for letter.
 */
import {z} from 'zod'

import {escapeText, tagged} from '../../html/write.ts'
import type {StoryInput} from '../../story/story.ts'

const node: z.ZodType<LexicalNode> = z.lazy(() =>
  z.looseObject({type: z.string(), children: z.array(node).optional()}),
)

interface LexicalNode {
  readonly type: string
  readonly children?: readonly LexicalNode[] | undefined
  readonly [key: string]: unknown
}

const tree = z.looseObject({root: node})

/** The bits of a text node's `format`, with the element for each. */
const FORMATS = [
  [1, 'strong'],
  [2, 'em'],
  [4, 's'],
  [8, 'u'],
  [16, 'code'],
  [32, 'sub'],
  [64, 'sup'],
] as const

type Part = StoryInput['body'][number]

/** Text that is no such tree is one opaque part. */
export function readLexical(source: string, pointer: string): Part[] {
  const read = tree.safeParse(json(source))
  if (!read.success) return [{kind: 'opaque', what: 'lexical', source, text: '', pointer}]
  return (read.data.root.children ?? []).map((child, index) =>
    partOf(child, `${pointer}.root[${index}]`),
  )
}

function partOf(one: LexicalNode, pointer: string): Part {
  const html = htmlOf(one)
  if (html !== undefined) return {kind: 'html', html, pointer}
  const picture = one.type === 'image' ? pictureOf(one) : undefined
  if (picture) return {kind: 'html', html: picture, pointer}
  return {kind: 'opaque', what: one.type, source: JSON.stringify(one), text: wordsIn(one), pointer}
}

/** Undefined if the node, or one inside it, has no HTML form. */
function htmlOf(one: LexicalNode): string | undefined {
  switch (one.type) {
    case 'text':
    case 'extended-text':
      return textOf(one)
    case 'linebreak':
      return '<br>'
    case 'tab':
      return '\t'
    case 'horizontalrule':
      return '<hr>'
    case 'paragraph':
      return around('p', one)
    case 'heading':
    case 'extended-heading':
      return around(/^h[1-6]$/.test(string(one['tag'])) ? string(one['tag']) : 'h2', one)
    case 'quote':
    case 'extended-quote':
    case 'aside':
      // Ghost's “aside” is its second style of block quotation.
      return around('blockquote', one)
    case 'list':
      return around(one['listType'] === 'number' ? 'ol' : 'ul', one)
    case 'listitem':
      return around('li', one)
    case 'link':
    case 'autolink':
      return around('a', one, {href: string(one['url'])})
    case 'html':
    case 'markdown':
      return one.type === 'html' ? string(one['html']) : undefined
    default:
      return undefined
  }
}

function around(
  tag: string,
  one: LexicalNode,
  attributes: Record<string, string> = {},
): string | undefined {
  const inside = (one.children ?? []).map(htmlOf)
  if (inside.includes(undefined)) return undefined
  return tagged(tag, attributes, inside.join(''))
}

function textOf(one: LexicalNode): string {
  const format = typeof one['format'] === 'number' ? one['format'] : 0
  return FORMATS.reduce(
    (html, [bit, tag]) => ((format & bit) === 0 ? html : tagged(tag, {}, html)),
    escapeText(string(one['text'])),
  )
}

function pictureOf(one: LexicalNode): string | undefined {
  const src = string(one['src'])
  if (src === '') return undefined
  const image = tagged('img', {src, alt: string(one['alt']), title: string(one['title'])})
  const href = string(one['href'])
  const linked = href === '' ? image : tagged('a', {href}, image)
  const caption = string(one['caption'])
  return tagged('figure', {}, caption === '' ? linked : linked + tagged('figcaption', {}, caption))
}

/** Every text that a reader of the card would see, as far as its keys tell. */
function wordsIn(value: unknown): string {
  if (Array.isArray(value)) return value.map(wordsIn).filter(Boolean).join('\n')
  if (typeof value !== 'object' || value === null) return ''
  return Object.entries(value)
    .map(([key, inner]) => (typeof inner === 'string' && SHOWN.has(key) ? inner : wordsIn(inner)))
    .filter(Boolean)
    .join('\n')
}

const SHOWN = new Set([
  'text',
  'html',
  'markdown',
  'caption',
  'heading',
  'subheading',
  'header',
  'content',
  'title',
  'description',
  'buttonText',
  'calloutText',
  'code',
])

function string(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

function json(source: string): unknown {
  try {
    return JSON.parse(source)
  } catch {
    return undefined
  }
}
