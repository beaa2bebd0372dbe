import {expect, test} from 'vitest'

import {pageNodes} from '../../html/tree.ts'
import {chosenFor, pageFacts, storyElement, type Fact} from './pageFacts.ts'

const factsOf = (head: string, body = '') =>
  pageFacts(
    pageNodes(`<!doctype html><html lang="en-GB"><head>${head}</head><body>${body}</body></html>`),
  )

const values = (head: string, fact: Fact, body?: string): string[] =>
  chosenFor(fact, factsOf(head, body)).chosen.map(({nature, value}) =>
    nature ? `${nature} ${value}` : value,
  )

const jsonLd = (value: unknown): string =>
  `<script type="application/ld+json">${JSON.stringify(value)}</script>`

const story = {
  '@context': {'@vocab': 'https://schema.org/'},
  '@type': ['NewsArticle', 'Article'],
  headline: 'The bridge fell',
  author: [
    {'@type': 'Person', name: 'Ada Quill'},
    {'@type': 'Organization', name: 'News Desk'},
    'Sam Reed and Lee Fox',
  ],
  datePublished: '2019-04-28T06:01:00-07:00',
  image: [{'@type': 'ImageObject', url: 'https://a.example/a.jpg'}],
  keywords: 'bridges, C++ ,C',
}

test.each([
  ['alone', jsonLd(story)],
  ['in a graph', jsonLd({'@graph': [{'@type': 'WebPage'}, story]})],
  ['in a list', jsonLd([{'@type': 'Organization', name: 'X'}, story])],
  [
    'in CDATA',
    `<script type="application/ld+json">//<![CDATA[\n${JSON.stringify(story)}\n//]]></script>`,
  ],
])('JSON-LD %s', (_where, head) => {
  expect(values(head, 'headline')).toEqual(['The bridge fell'])
  expect(values(head, 'author')).toEqual([
    'person Ada Quill',
    'organisation News Desk',
    'text Sam Reed and Lee Fox',
  ])
  expect(values(head, 'keyword')).toEqual(['bridges', 'C++', 'C'])
  expect(values(head, 'picture')).toEqual(['https://a.example/a.jpg'])
  expect(values(head, 'language')).toEqual(['en-GB'])
})

test('broken JSON-LD is kept, and states nothing', () => {
  const {broken, statements} = factsOf('<script type="application/ld+json">{"headline": </script>')
  expect(broken).toMatchObject([{source: '{"headline": '}])
  expect(statements.map(({fact}) => fact)).toEqual(['language'])
})

test('JSON-LD of something else states nothing', () => {
  expect(values(jsonLd({'@type': 'Product', headline: 'Buy'}), 'headline')).toEqual([])
})

test('microdata of the story, not of the items in it', () => {
  const body = `<div itemscope itemtype="http://schema.org/NewsArticle"><h1 itemprop="headline">The  bridge</h1>
    <span itemprop="author" itemscope itemtype="http://schema.org/Person">By <b itemprop="name">Ada Quill</b></span>
    <span itemprop="author">Lee Fox, Ash</span><time itemprop="datePublished" datetime="2019-04-28">April</time>
    <div itemprop="publisher" itemscope itemtype="http://schema.org/Organization"><i itemprop="headline">Wrong</i></div></div>`
  expect(values('', 'headline', body)).toEqual(['The bridge'])
  expect(values('', 'author', body)).toEqual(['person Ada Quill', 'text Lee Fox, Ash'])
  expect(values('', 'publishedAt', body)).toEqual(['2019-04-28'])
})

test('the more trusted vocabulary counts, and what others say is not lost', () => {
  const head = `<meta name="title" content="Plain"><meta property="og:title" content="Shared">
    <meta name="parsely-title" content="Counted"><meta property="dc:title" content="Filed">`
  const {chosen, others} = chosenFor('headline', factsOf(head))
  expect(chosen.map(({value}) => value)).toEqual(['Shared'])
  expect(others.map(({name, value}) => `${name} ${value}`)).toEqual([
    'parsely-title Counted',
    'dc:title Filed',
    'title Plain',
  ])
})

test('Parse.ly: a person for each element, tags with commas', () => {
  const head = `<meta name="parsely-author" content="Ada Quill"><meta name="parsely-author" content="Lee Fox">
    <meta name="parsely-tags" content="a, b-c ,"><meta name="parsely-pub-date" content="2024-04-20T04:20:00.000Z">`
  expect(values(head, 'author')).toEqual(['person Ada Quill', 'person Lee Fox'])
  expect(values(head, 'keyword')).toEqual(['a', 'b-c'])
  expect(values(head, 'publishedAt')).toEqual(['2024-04-20T04:20:00.000Z'])
})

test('the address of a profile is not the name of an author', () => {
  expect(
    values('<meta property="article:author" content="https://fb.example/ada">', 'author'),
  ).toEqual([])
})

test.each([
  ['the marked body', '<article><div itemprop="articleBody">B</div></article>', 'articleBody'],
  ['the only article', '<article>A</article>', 'article'],
  ['none of several articles', '<article>A</article><article>B</article>', undefined],
  ['nothing', '<div>A</div>', undefined],
])('the story of a page is %s', (_which, body, expected) => {
  const found = storyElement(pageNodes(body))
  const name = found?.attrs.find((one) => one.name === 'itemprop')?.value ?? found?.tagName
  expect(name).toBe(expected)
})
