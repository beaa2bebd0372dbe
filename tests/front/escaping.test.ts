/** Text in a story is untrusted: no element, attribute or scheme comes from it. */
import fc from 'fast-check'
import {parseFragment} from 'parse5'
import type {DefaultTreeAdapterTypes} from 'parse5'
import {describe, expect, it} from 'vitest'

import {htmlOf} from '../../front/body/html.ts'
import {cardView} from '../../front/page/card.ts'
import {headViews} from '../../front/page/head.ts'
import {storyView} from '../../front/page/story.ts'
import type {StoryAnswer} from '../../front/view/answers.ts'
import {safeAddress} from '../../front/view/context.ts'
import {context, story} from './everyBlock.ts'

const options = {...context, base: 'https://site.example', publication: 'Lower Quay News'}

const shown = (answer: StoryAnswer): string =>
  [storyView(answer, options), cardView(answer, options), ...headViews(answer, options)]
    .map((view) => htmlOf(view))
    .join('')

type Node = DefaultTreeAdapterTypes.ChildNode

/** The elements with the names of their attributes, and the schemes of their addresses. */
const skeleton = (nodes: readonly Node[]): string[] =>
  nodes.flatMap((node) => {
    if (!('tagName' in node)) return node.nodeName === '#comment' ? ['comment'] : []
    const names = node.attrs.map(({name}) => name)
    return [`${node.tagName}[${names.toSorted().join()}]`, ...skeleton(node.childNodes)]
  })

const addressesIn = (nodes: readonly Node[]): string[] =>
  nodes.flatMap((node) =>
    'tagName' in node
      ? [
          ...node.attrs.flatMap(({name, value}) =>
            ['href', 'src', 'cite'].includes(name) ? [value] : [],
          ),
          ...addressesIn(node.childNodes),
        ]
      : [],
  )

/** Directions follow from the letters of a text. */
const withoutDirections = (elements: readonly string[]): string[] =>
  elements.map((element) => element.replaceAll(/\bdir,?/g, '').replace(',]', ']'))

/** The story with each of its texts replaced: not its types, keys, marks, times and pictures. */
const rewritten = (value: unknown, replace: (name: string, text: string) => string): unknown => {
  const walk = (inner: unknown, name: string): unknown => {
    if (typeof inner === 'string') return replace(name, inner)
    if (Array.isArray(inner)) return inner.map((item) => walk(item, name))
    if (typeof inner !== 'object' || inner === null) return inner
    return Object.fromEntries(Object.entries(inner).map(([key, item]) => [key, walk(item, key)]))
  }
  return walk(value, '')
}

const KEPT = new Set(
  '_type _key _ref _id marks style listItem role kind show slug provider access articleType language originalLanguage madeAt postedAt firstPublishedAt dateModified'.split(
    ' ',
  ),
)
const ADDRESSES = new Set(['href', 'url', 'sourceUrl', 'canonicalUrl'])

const isStory = (value: unknown): value is StoryAnswer =>
  typeof value === 'object' && value !== null && 'headline' in value

const storyWith = (texts: string, address: string): StoryAnswer => {
  const made = rewritten(story, (name, text) => {
    if (KEPT.has(name)) return text
    // A letter, so that none is empty, and no line ends, which the views turn into elements.
    return ADDRESSES.has(name) ? address : `a${texts.replaceAll(/[\r\n]/g, ' ')}`
  })
  if (!isStory(made)) throw new Error('The story lost its headline.')
  return made
}

const hostile = fc.oneof(
  fc.string({unit: 'binary'}),
  fc
    .array(
      fc.constantFrom(
        ...'< > " \' & / = ` <!-- --> ]]> <script> </script> </title> </p> <img src=x onerror=1> &lt; &#60; javascript: on a \u0000 \u2028'.split(
          ' ',
        ),
        ' ',
      ),
    )
    .map((parts) => parts.join('')),
)

const plainSkeleton = skeleton(parseFragment(shown(storyWith('b', 'https://a.example'))).childNodes)

describe('text from a story', () => {
  it('adds no element and no attribute', () => {
    expect(plainSkeleton.length).toBeGreaterThan(100)
    fc.assert(
      fc.property(hostile, (text) => {
        const html = shown(storyWith(text, 'https://a.example'))
        const found = skeleton(parseFragment(html).childNodes)
        expect(withoutDirections(found)).toEqual(withoutDirections(plainSkeleton))
      }),
      {numRuns: 60},
    )
  })

  it('is what readers read', () => {
    fc.assert(
      fc.property(fc.string({unit: 'grapheme', minLength: 1}), (headline) => {
        const [title] = parseFragment(htmlOf(storyView({headline}, context))).childNodes
        const texts = JSON.stringify(title, (key, value) => (key === 'parentNode' ? null : value))
        expect(texts).toContain(JSON.stringify(headline.replaceAll(/\r\n?/g, '\n')))
      }),
    )
  })

  it('leads nowhere but to pages, mail and telephones', () => {
    const address = fc.oneof(
      hostile,
      fc
        .tuple(
          fc.constantFrom('', ' ', '\t', '\u0001', '\n'),
          fc.constantFrom('javascript', 'JaVa\tScript', 'data', 'vbscript', 'file', 'blob', 'http'),
          fc.constantFrom(':', ' :', '\n:', '&colon;', '%3A'),
          fc.string(),
        )
        .map((parts) => parts.join('')),
    )
    fc.assert(
      fc.property(address, (href) => {
        const schemes = addressesIn(parseFragment(shown(storyWith('b', href))).childNodes).map(
          (found) => new URL(found, 'https://site.example').protocol,
        )
        expect(schemes.length).toBeGreaterThan(5)
        expect(schemes.filter((scheme) => !/^(?:https?|mailto|tel):$/.test(scheme))).toEqual([])
      }),
      {numRuns: 60},
    )
  })
})

it.each([
  'https://a.example',
  '/news/a',
  'a',
  '#b',
  '?c',
  '//a.example',
  'mailto:a@a.example',
  'tel:112',
])('%s may be linked to', (address) => {
  expect(safeAddress(address)).toBe(address)
})

it.each([
  'javascript:1',
  ' javascript:1',
  'java\nscript:1',
  'data:text/html,1',
  'ftp://a',
  'http://',
  '',
  null,
])('%j may not', (address) => {
  expect(safeAddress(address)).toBeNull()
})
