/** ninjs in its three spellings: the same story, and what is only a proposal. */
import {mkdtemp, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import {afterEach, beforeEach, expect, test} from 'vitest'

import {openIndex} from '../../archiveIndex.ts'
import {type Story, story as storyModel} from '../../story/story.ts'
import type {Item} from '../format.ts'
import {formatOf} from '../formats.ts'
import {ninjs} from './ninjs.ts'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ninjs-'))
})

afterEach(() => rm(folder, {recursive: true}))

async function itemsIn(value: unknown): Promise<Item[]> {
  const text = JSON.stringify(value)
  expect(formatOf({text})?.name).toBe('ninjs')
  const file = join(folder, 'item.json')
  await writeFile(file, text)
  using index = openIndex(':memory:')
  const items: Item[] = []
  for await (const item of ninjs.read({path: 'item.json', file, size: 1}, {index, site: {}}))
    items.push(item)
  return items
}

const storyIn = async (value: unknown): Promise<Story> => {
  const [item] = await itemsIn(value)
  if (item?.kind !== 'story') throw new Error(`It is ${item?.kind}.`)
  return storyModel.parse(item.story)
}

test.each([
  [
    1,
    {
      uri: 'u',
      version: '2',
      versioncreated: '2023-05-01T10:00:00+02:00',
      headline: 'Harbour',
      byline: 'Ada Quill, The Post',
      body_html: '<p>Open.</p>',
      subject: [{code: '1', scheme: 's', name: 'Trade'}],
    },
  ],
  [
    2,
    {
      uri: 'u',
      version: '2',
      versioncreated: '2023-05-01T10:00:00+02:00',
      headlines: [{role: 'main', value: 'Harbour'}],
      by: 'Ada Quill, The Post',
      bodies: [{contenttype: 'text/html', value: '<p>Open.</p>'}],
      subjects: [{uri: '1', name: 'Trade'}],
    },
  ],
  [
    3,
    {
      uri: 'u',
      version: '2',
      versionCreated: '2023-05-01T10:00:00+02:00',
      headlines: [{role: 'main', value: 'Harbour'}],
      by: 'Ada Quill, The Post',
      bodies: [{contentType: 'text/html', value: '<p>Open.</p>'}],
      subjects: [{uri: '1', name: 'Trade'}],
    },
  ],
])('version %d', async (_version, item) => {
  const story = await storyIn(item)
  expect(story).toMatchObject({
    source: {key: 'u', version: '000000000002'},
    headline: 'Harbour',
    names: [],
    bylineText: 'Ada Quill, The Post',
    times: {first: {instant: '2023-05-01T08:00:00.000Z'}},
    body: [{kind: 'html', html: '<p>Open.</p>'}],
    topics: [{name: 'Trade', kind: 'subject'}],
    residue: [],
    proposals: [{field: 'byline', value: 'Ada Quill', evidence: 'Ada Quill, The Post'}],
  })
  expect(story.flags.map(({code}) => code)).toEqual(['timeOfVersion'])
})

test('a comma in a byline makes no second author', async () => {
  const {names, proposals} = await storyIn({
    uri: 'u',
    pubstatus: 'usable',
    byline: 'Aaron J. Staples, Michigan State University',
  })
  expect(names).toEqual([])
  expect(proposals.map(({value}) => value)).toEqual(['Aaron J. Staples'])
})

test('several headlines: the main one; without one a flag', async () => {
  const headlines = [
    {role: 'short', value: 'A'},
    {role: 'main', value: 'B'},
  ]
  expect(await storyIn({uri: 'u', headlines})).toMatchObject({headline: 'B', flags: []})
  const unmarked = await storyIn({uri: 'u', headlines: [{role: 'short', value: 'A'}, {value: 'B'}]})
  expect(unmarked).toMatchObject({headline: 'A', flags: [{code: 'severalHeadlines'}]})
})

test('plain text, when there is no markup, in its paragraphs', async () => {
  const {body} = await storyIn({
    uri: 'u',
    bodies: [{contentType: 'text/plain', value: 'A < B\nline\n\nC'}],
  })
  expect(body).toMatchObject([{html: '<p>A &lt; B<br>line</p>\n<p>C</p>'}])
})

test('a canceled story is a draft, and no retraction is invented', async () => {
  const story = await storyIn({uri: 'u', headline: 'A', pubstatus: 'canceled'})
  expect(story).toMatchObject({status: 'draft', corrections: [], flags: [{code: 'canceled'}]})
})

test('pictures that are associated, with their largest file', async () => {
  const {body, flags} = await storyIn({
    uri: 'u',
    headlines: [],
    associations: [
      {
        type: 'picture',
        uri: 'p',
        descriptions: [{value: 'A harbour'}],
        renditions: [
          {href: 'a.jpg', width: 10},
          {href: 'b.jpg', width: 20},
        ],
      },
      {type: 'picture', uri: 'q', renditions: [{name: 'thumbnail'}]},
    ],
  })
  expect(body).toMatchObject([{kind: 'figure', figure: {address: 'b.jpg', caption: 'A harbour'}}])
  expect(flags).toMatchObject([{code: 'pictureWithoutAddress', evidence: 'q'}])
})

test('a picture alone is no story; an item without an id is refused', async () => {
  const items = await itemsIn([{uri: 'u', type: 'picture', versionCreated: 'x'}, {headlines: []}])
  expect(items.map(({kind}) => kind)).toEqual(['other', 'refused'])
})
