/** Ghost exports: what becomes a field, what is residue, and what never leaves the reader. */
import {mkdtemp, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import {afterEach, beforeEach, describe, expect, test} from 'vitest'

import {openIndex} from '../../archiveIndex.ts'
import {type Story, story as storyModel} from '../../story/story.ts'
import type {Item} from '../format.ts'
import {ghost} from './ghost.ts'
import {readLexical} from './lexical.ts'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ghost-'))
})

afterEach(() => rm(folder, {recursive: true}))

async function itemsIn(text: string): Promise<Item[]> {
  const file = join(folder, 'export.json')
  await writeFile(file, text)
  using index = openIndex(':memory:')
  const items: Item[] = []
  const entry = {path: 'export.json', file, size: text.length}
  for await (const item of ghost.read(entry, {index, site: {}})) items.push(item)
  return items
}

const storiesIn = async (value: unknown): Promise<Story[]> =>
  (await itemsIn(JSON.stringify(value))).flatMap((item) =>
    item.kind === 'story' ? storyModel.parse(item.story) : [],
  )

const post = {
  id: 'p1',
  title: 'Harbour reopens',
  slug: 'harbour-reopens',
  html: '<p>The harbour is open.</p>',
  status: 'published',
  visibility: 'public',
  type: 'post',
  published_at: '2023-05-01T09:30:00.000Z',
  updated_at: '2023-05-02T10:00:00.000Z',
}

const exported = (data: object) => ({
  db: [{meta: {version: '5.0.0'}, data: {posts: [post], ...data}}],
})

describe('an export', () => {
  test('is recognised by its content', () => {
    expect(ghost.detects({text: JSON.stringify(exported({}))})).toBe(true)
    expect(ghost.detects({text: JSON.stringify({posts: [post]})})).toBe(true)
    expect(ghost.detects({text: '{"uri": "x", "versioncreated": "y"}'})).toBe(false)
    expect(ghost.detects({text: '{"type": "story", "version": "0.10.9"}'})).toBe(false)
  })

  test('gives what it marks, and no more', async () => {
    const [story] = await storiesIn(exported({}))
    expect(story).toMatchObject({
      source: {format: 'ghost', key: 'p1', originalId: 'p1', pointer: 'db[0].data.posts[0]'},
      status: 'usable',
      headline: 'Harbour reopens',
      slug: 'harbour-reopens',
      names: [],
      topics: [],
      times: {
        first: {instant: '2023-05-01T09:30:00.000Z'},
        modified: {instant: '2023-05-02T10:00:00.000Z'},
      },
      access: 'free',
      residue: [],
      flags: [],
    })
    expect(story?.section).toBeUndefined()
    expect(story?.times.updated).toBeUndefined()
  })

  test('names authors and tags in their order, and internal tags only as residue', async () => {
    const [story] = await storiesIn(
      exported({
        posts_meta: [{id: 'm1', post_id: 'p1', meta_title: 'For search', feature_image_alt: null}],
        users: [
          {id: 'u1', name: 'Ada Quill', email: 'ada@x.org', password: 'hash'},
          {id: 'u2', name: 'Sam Reed, Jr.'},
        ],
        tags: [
          {id: 't1', name: 'Harbour'},
          {id: 't2', name: 'C++'},
          {id: 't3', name: '#newsletter'},
        ],
        posts_authors: [
          {post_id: 'p1', author_id: 'u1', sort_order: 1},
          {post_id: 'p1', author_id: 'u2', sort_order: 0},
        ],
        posts_tags: [
          {post_id: 'p1', tag_id: 't3', sort_order: 2},
          {post_id: 'p1', tag_id: 't1', sort_order: 1},
          {post_id: 'p1', tag_id: 't2', sort_order: 0},
        ],
      }),
    )
    expect(story?.names).toMatchObject([
      {text: 'Sam Reed, Jr.', sourceId: 'ghost:user:u2', role: 'writer'},
      {text: 'Ada Quill', sourceId: 'ghost:user:u1'},
    ])
    expect(story?.source.key).toBe('p1')
    expect(story?.seo?.title).toBe('For search')
    expect(story?.topics.map(({name}) => name)).toEqual(['C++', 'Harbour'])
    expect(story?.residue).toMatchObject([{text: '#newsletter'}])
  })

  test.each([
    ['draft', 'draft', []],
    ['scheduled', 'usable', []],
    ['sent', 'usable', []],
    ['burnt', 'draft', ['unknownStatus']],
  ])('the status %s', async (status, expected, codes) => {
    const [story] = await storiesIn({posts: [{...post, status}]})
    expect(story?.status).toBe(expected)
    expect(story?.flags.map(({code}) => code)).toEqual(codes)
  })

  test('keeps keys that it does not know', async () => {
    const [story] = await storiesIn({
      posts: [{...post, mood: 'calm', featured: true, nothing: null}],
    })
    expect(story?.residue).toEqual([
      {pointer: 'posts[0].mood', text: 'calm'},
      {pointer: 'posts[0].featured', text: 'true'},
    ])
  })

  test('writes addresses of its own site as paths', async () => {
    const html =
      '<p><a href="__GHOST_URL__/b/">B</a></p><img src="__GHOST_URL__/content/images/a.jpg">'
    const [story] = await storiesIn({
      posts: [{...post, html, feature_image: '__GHOST_URL__/content/f.jpg'}],
    })
    expect(story?.body).toMatchObject([
      {html: '<p><a href="/b/">B</a></p><img src="/content/images/a.jpg">'},
    ])
    expect(story?.lead?.address).toBe('/content/f.jpg')
  })

  test('counts private records and shows nothing of them', async () => {
    const items = await itemsIn(
      JSON.stringify(
        exported({
          members: [{id: 'm1', email: 'reader@x.org'}],
          api_keys: [{id: 'k1', secret: 'shh'}],
          newsletters: [{id: 'n1', name: 'Morning'}],
          users: [{id: 'u1', name: 'Ada Quill', email: 'ada@x.org', password: 'hash'}],
          posts_authors: [{post_id: 'p1', author_id: 'u1'}],
        }),
      ),
    )
    expect(items.flatMap((item) => (item.kind === 'other' ? item.what : []))).toEqual([
      'private record',
      'private record',
      'newsletters',
    ])
    expect(JSON.stringify(items)).not.toMatch(/reader@x|shh|ada@x|hash/)
  })

  test('that is broken is refused, and a broken post alone', async () => {
    await expect(itemsIn('{"db": [')).rejects.toThrow(/export\.json: expected JSON/)
    await expect(itemsIn('{"db": []}')).rejects.toThrow(/expected a Ghost export/)
    const items = await itemsIn(JSON.stringify({posts: [{title: 'No id'}, post]}))
    expect(items.map(({kind}) => kind)).toEqual(['refused', 'story'])
  })
})

const root = (...children: object[]) => JSON.stringify({root: {type: 'root', children}})
const text = (words: string, format = 0) => ({type: 'extended-text', text: words, format})

describe('lexical', () => {
  test('becomes HTML, node by node', () => {
    const parts = readLexical(
      root(
        {
          type: 'paragraph',
          children: [
            text('A < B', 1),
            text(' and '),
            {type: 'link', url: 'https://x.org/?a=1&b="2"', children: [text('C', 3)]},
          ],
        },
        {type: 'extended-heading', tag: 'h3', children: [text('D')]},
        {type: 'list', listType: 'number', children: [{type: 'listitem', children: [text('E')]}]},
        {type: 'horizontalrule'},
      ),
      'x',
    )
    expect(parts.map((part) => part.kind === 'html' && part.html)).toEqual([
      '<p><strong>A &lt; B</strong> and <a href="https://x.org/?a=1&amp;b=&quot;2&quot;"><em><strong>C</strong></em></a></p>',
      '<h3>D</h3>',
      '<ol><li>E</li></ol>',
      '<hr>',
    ])
  })

  test('keeps a card that it does not know letter for letter', () => {
    const card = {type: 'toggle', heading: 'Why?', content: '<p>Because.</p>'}
    expect(readLexical(root(card), 'x')).toEqual([
      {
        kind: 'opaque',
        what: 'toggle',
        source: JSON.stringify(card),
        text: 'Why?\n<p>Because.</p>',
        pointer: 'x.root[0]',
      },
    ])
  })

  test('that is no JSON is one opaque part', () => {
    expect(readLexical('{"root":', 'x')).toMatchObject([{kind: 'opaque', source: '{"root":'}])
  })
})
