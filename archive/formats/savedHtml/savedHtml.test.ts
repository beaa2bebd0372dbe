/** Saved pages → stories: which statement counts, where the story is, and what is flagged. */
import {mkdir, mkdtemp, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import {expect, test} from 'vitest'

import {openIndex} from '../../archiveIndex.ts'
import {story as storyModel} from '../../story/story.ts'
import {bodyInShort, codes, itemsOf, storiesIn} from '../../testFormats.ts'
import type {SiteProfile} from '../format.ts'
import {pageText} from './pageText.ts'
import {savedHtml} from './savedHtml.ts'

const page = (head: string, body: string): string =>
  `<!doctype html><html lang="en-GB"><head><title>Bridge | The Paper</title>${head}</head><body>${body}</body></html>`

async function only(head: string, body: string, site?: SiteProfile) {
  const [story] = storiesIn(await itemsOf(savedHtml, {'a.html': page(head, body)}, site))
  if (!story) throw new Error('There is no story.')
  return story
}

const jsonLd = (more: object): string =>
  `<script type="application/ld+json">${JSON.stringify({'@type': 'NewsArticle', headline: 'The bridge fell', datePublished: '2019-04-28T06:01:00-07:00', ...more})}</script>`
const STORY = '<article><h1>The bridge fell</h1><p>It fell.</p></article>'

test.each([
  ['<!DOCTYPE html><html></html>', true],
  ['\uFEFF<?xml version="1.0"?>\n<!-- saved from url=(0020)https://a.example/ -->\n<html>', true],
  ['<!-- wp:paragraph --><p>A</p>', false],
  ['<rss version="2.0"><html>', false],
])('%j is a page: %s', (text, expected) => {
  expect(savedHtml.detects({text})).toBe(expected)
})

test('a page with all that it states', async () => {
  const story = await only(
    `${jsonLd({
      author: [
        {'@type': 'Person', name: 'Ada Quill'},
        {'@type': 'Organization', name: 'News Desk'},
      ],
      dateModified: '2019-04-29T06:01:00-07:00',
      articleSection: 'News',
      keywords: ['C++', 'C'],
      image: 'https://paper.example/a.jpg',
      description: 'A bridge fell.',
    })}<link rel="canonical" href="https://paper.example/2019/04/bridge/?id=7">
     <meta property="og:title" content="Bridge!"><meta property="og:site_name" content="The Paper">
     <meta property="og:image" content="https://paper.example/share.jpg">`,
    `<nav>Home</nav>${STORY}<footer>Imprint</footer>`,
  )
  expect(story).toMatchObject({
    source: {format: 'html', key: 'https://paper.example/2019/04/bridge/?id=7'},
    headline: 'The bridge fell',
    names: [
      {text: 'Ada Quill', kind: 'person'},
      {text: 'News Desk', kind: 'desk'},
    ],
    times: {
      first: {instant: '2019-04-28T13:01:00.000Z'},
      modified: {instant: '2019-04-29T13:01:00.000Z'},
    },
    section: {name: 'News'},
    topics: [{name: 'C++'}, {name: 'C'}],
    lead: {address: 'https://paper.example/a.jpg'},
    seo: {description: 'A bridge fell.'},
    social: {title: 'Bridge!'},
    language: 'en-GB',
    oldAddresses: ['/2019/04/bridge/?id=7'],
  })
  expect(codes(story)).toEqual(['deskAsAuthor'])
  expect(bodyInShort(story)).toEqual({blocks: ['It fell.'], flags: []})
  expect(story.residue.map(({text}) => text)).toEqual([
    'https://paper.example/share.jpg',
    'The Paper',
  ])
})

test.each<[string, string, string[], string | undefined, string[]]>([
  ['one name', 'Ada Quill', ['Ada Quill'], undefined, []],
  [
    'two names in one text',
    'Sam Reed and Lee Fox',
    [],
    'Sam Reed and Lee Fox',
    ['Sam Reed', 'Lee Fox'],
  ],
  ['a name with a suffix', 'Smith, Jr.', [], 'Smith, Jr.', []],
  [
    'a name and a place',
    'Aaron J. Staples, Michigan State University',
    [],
    'Aaron J. Staples, Michigan State University',
    ['Aaron J. Staples'],
  ],
  ['a time', 'April 28, 2019 at 6:01 am', [], 'April 28, 2019 at 6:01 am', []],
])('an author as text: %s', async (_what, author, names, printed, proposed) => {
  const story = await only(jsonLd({author}), STORY)
  expect(story.names.map(({text}) => text)).toEqual(names)
  expect(story.bylineText).toBe(printed)
  expect(story.proposals.map(({value}) => value)).toEqual(proposed)
})

test.each<[string, string, string, SiteProfile, string[], string[]]>([
  [
    'the class that the site names',
    '',
    '<div class="page story"><p>A</p></div><article><p>B</p></article>',
    {storyClasses: ['story']},
    ['A'],
    ['headlineGuessed'],
  ],
  [
    'microdata',
    '',
    '<article><p>A</p><div itemprop="articleBody"><p>B</p></div></article>',
    {},
    ['B'],
    ['headlineGuessed'],
  ],
  ['the only article', '', '<p>A</p><article><p>B</p></article>', {}, ['B'], ['headlineGuessed']],
  [
    'the main part of the page',
    '',
    '<p>A</p><main><p>B</p></main>',
    {},
    ['B'],
    ['headlineGuessed', 'bodyGuessed'],
  ],
  ['the whole page', '', '<p>A</p><p>B</p>', {}, ['A', 'B'], ['headlineGuessed', 'bodyGuessed']],
  [
    'an article with fields inside',
    jsonLd({}),
    '<article><p itemprop="author">By Ada</p><p>By the river.</p></article>',
    {},
    ['By the river.'],
    [],
  ],
  [
    'an article with another heading',
    jsonLd({}),
    '<article><h1>Another</h1><p>B</p></article>',
    {},
    ['h2: Another', 'B'],
    [],
  ],
])('the story is %s', async (_what, head, body, site, blocks, flags) => {
  const story = await only(head, body, site)
  expect(bodyInShort(story).blocks).toEqual(blocks)
  expect(codes(story)).toEqual(flags)
})

test.each<[string, string, string[]]>([
  [
    'broken JSON-LD',
    '<script type="application/ld+json">{</script><meta property="og:title" content="A">',
    ['brokenMetadata'],
  ],
  [
    'two headlines of one rank',
    '<meta property="og:title" content="A"><meta property="og:title" content="B">',
    ['severalValues'],
  ],
  ['several sections', jsonLd({articleSection: ['News', 'Ash']}), ['severalSections']],
  [
    'a change before the publication',
    jsonLd({dateModified: '2019-01-01T00:00:00Z'}),
    ['changedBeforePublished'],
  ],
  [
    'a longer text in its metadata',
    jsonLd({articleBody: 'It fell. '.repeat(50)}),
    ['shorterThanStated'],
  ],
  ['a shorter text in its metadata', jsonLd({articleBody: 'It'}), []],
])('%s', async (_what, head, flags) => {
  expect(codes(await only(head, STORY))).toEqual(flags)
})

test('a time without a zone is read in the zone of the site, and not without one', async () => {
  const local = jsonLd({datePublished: '2019-04-28T06:01:00'})
  expect((await only(local, STORY)).times.first).toEqual({raw: '2019-04-28T06:01:00'})
  const story = await only(local, STORY, {timeZone: 'Europe/Oslo'})
  expect(story.times.first?.instant).toBe('2019-04-28T04:01:00.000Z')
  expect(codes(story)).toEqual(['localTime'])
})

test('files that were saved with the page come before the web', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'page-'))
  using index = openIndex(':memory:')
  try {
    await mkdir(join(folder, 'bridge_files'))
    await writeFile(join(folder, 'bridge_files', 'a b.jpg'), 'x')
    const file = join(folder, 'bridge.html')
    const text = page(
      `${jsonLd({})}<link rel="canonical" href="https://paper.example/bridge/">`,
      `<article><img src="./bridge_files/a%20b.jpg" srcset="https://cdn.example/big.jpg 2000w"><img src="./bridge_files/gone.jpg"><img src="../../etc/passwd"></article>`,
    )
    await writeFile(file, text)
    const entry = {path: 'bridge.html', file, size: text.length}
    for await (const item of savedHtml.read(entry, {index, site: {}})) {
      if (item.kind !== 'story') throw new Error('There is no story.')
      expect(bodyInShort(storyModel.parse(item.story)).blocks).toEqual([
        '[figure ./bridge_files/a%20b.jpg]',
        '[figure https://paper.example/bridge/bridge_files/gone.jpg]',
        '[figure https://paper.example/etc/passwd]',
      ])
    }
  } finally {
    await rm(folder, {recursive: true})
  }
})

test('the encoding is UTF-8 or the one that the page names', () => {
  const bytes = Buffer.from('<meta charset="windows-1252"><p>caf\u00E9</p>', 'latin1')
  expect(pageText(bytes, 'a.html')).toContain('café')
  expect(() => pageText(Buffer.from('<p>caf\u00E9</p>', 'latin1'), 'a.html')).toThrow('no charset')
  expect(() =>
    pageText(Buffer.from('<meta charset="odd"><p>\u00E9</p>', 'latin1'), 'a.html'),
  ).toThrow('odd')
})
