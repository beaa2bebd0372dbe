/** Tables of decisions: a dry run writes what there is to decide, and an import follows it. */
import {readFile, writeFile} from 'node:fs/promises'
import {join} from 'node:path'

import fc from 'fast-check'
import {expect, test} from 'vitest'

import {testLake} from '../../tests/archive/testLake.ts'
import {csv, readCsv} from '../report/csv.ts'

const post = (id: string, fields: object): object => ({
  id,
  title: `Story ${id}`,
  slug: `story-${id}`,
  html: '<p>Words.</p>',
  status: 'published',
  published_at: '2023-05-01T09:30:00.000Z',
  ...fields,
})

const tag = (name: string): object => ({id: name.toLowerCase(), name})
const POSTS = JSON.stringify({
  posts: [
    post('a', {
      authors: [{id: 'u1', name: 'Sam Reed and Lee Fox'}],
      tags: [tag('Sport'), tag('Junk')],
    }),
    post('b', {authors: [{id: 'u1', name: 'Sam Reed and Lee Fox'}], tags: [tag('Sport')]}),
    post('c', {authors: [{id: 'u2', name: 'A. Quill'}], tags: [tag('Junk'), tag('=Sum')]}),
  ],
})

const NINJS = JSON.stringify({
  uri: 'https://agency.example/1',
  headlines: [{role: 'main', value: 'From an agency'}],
  bodies: [{contentType: 'text/html', value: '<p>Words.</p>'}],
  versionCreated: '2023-05-01T09:30:00Z',
  by: 'Ada Quill, Ash',
})

const headed = (...rows: string[]): string => ['text,source,stories,decision', ...rows].join('\r\n')

test('a dry run writes the names of an archive, the most frequent first, and keeps decisions', async () => {
  await using lake = await testLake()
  const paths = [await lake.put('a.json', POSTS), await lake.put('b.json', NINJS)]
  const mapFolder = join(lake.folder, 'map')
  await lake.run(paths, {mapFolder, dryRun: true})
  const read = (name: string): Promise<string> => readFile(join(mapFolder, `${name}.csv`), 'utf8')
  expect((await read('authors')).trim().split('\r\n')).toEqual([
    'text,source,stories,decision',
    'Sam Reed and Lee Fox,ghost:user:u1,2,',
    'A. Quill,ghost:user:u2,1,',
    '"Ada Quill, Ash",printed byline,1,',
  ])
  expect((await read('topics')).trim().split('\r\n')).toEqual([
    'text,source,stories,decision',
    'Junk,ghost:tag:junk,2,',
    'Sport,ghost:tag:sport,2,',
    "'=Sum,ghost:tag:=sum,1,",
  ])
  const rows = headed('Junk,ghost:tag:junk,2,ignore', 'Gone,,9,split: A | B')
  await writeFile(join(mapFolder, 'topics.csv'), rows)
  await lake.run(paths, {mapFolder, dryRun: true})
  expect((await read('topics')).trim().split('\r\n')).toEqual([
    'text,source,stories,decision',
    'Junk,ghost:tag:junk,2,ignore',
    'Sport,ghost:tag:sport,2,',
    "'=Sum,ghost:tag:=sum,1,",
    'Gone,,0,split: A | B',
  ])
})

test('an import follows the decisions, and a second one writes nothing', async () => {
  await using lake = await testLake()
  const {client, folder} = lake
  await client.create({_id: 'author-ada', _type: 'author', name: 'Ada Quill', kind: 'person'})
  await client.create({_id: 'topic-sports', _type: 'topic', name: 'Sports', kind: 'section'})
  const paths = [await lake.put('a.json', POSTS), await lake.put('b.json', NINJS)]
  const map = (name: string, ...rows: string[]): Promise<string> =>
    lake.put(`../map/${name}.csv`, headed(...rows))
  await map(
    'authors',
    'x,ghost:user:u1,2,split: Sam Reed | Lee Fox',
    'A. Quill,,1,author-ada',
    '"Ada Quill, Ash",printed byline,1,author-ada',
  )
  await map('topics', 'Junk,ghost:tag:junk,2,ignore')
  await map('sections', 'Sport,ghost:tag:sport,2,topic-sports')
  const options = {mapFolder: join(folder, 'map'), site: {}}
  const report = await lake.run(paths, options)
  expect(report.refused).toEqual([])
  const stories = await client.fetch<unknown>(
    `*[_type == "article"] | order(headline) {headline, "by": byline[].author->name, bylineText,
      "topics": topics[]->name, "section": section->name, "left": provenance.residue[].text}`,
  )
  expect(stories).toEqual([
    {
      headline: 'From an agency',
      by: ['Ada Quill'],
      bylineText: null,
      topics: null,
      section: null,
      left: ['Ada Quill, Ash'],
    },
    {
      headline: 'Story a',
      by: ['Sam Reed', 'Lee Fox'],
      bylineText: null,
      topics: null,
      section: 'Sports',
      left: ['Junk'],
    },
    {
      headline: 'Story b',
      by: ['Sam Reed', 'Lee Fox'],
      bylineText: null,
      topics: null,
      section: 'Sports',
      left: null,
    },
    {
      headline: 'Story c',
      by: ['Ada Quill'],
      bylineText: null,
      topics: ['=Sum'],
      section: null,
      left: ['Junk'],
    },
  ])
  expect(await client.fetch('*[_id == "author-ada"][0].kind')).toBe('person')
  const before = await lake.revisions()
  await lake.run(paths, options)
  expect(await lake.revisions()).toEqual(before)
})

test.each([
  [
    'a document that is not there',
    headed('A,,1,author-nobody'),
    'authors.csv:2: the dataset has no author',
  ],
  [
    'a document of another type',
    headed('A,,1,', 'B,,1,topic-x'),
    'authors.csv:3: the dataset has no author',
  ],
  ['other columns', 'name,decision\r\nA,ignore', 'authors.csv:1: expected the columns'],
])('%s is named with file and line', async (_what, table, message) => {
  await using lake = await testLake()
  await lake.client.create({_id: 'topic-x', _type: 'topic', name: 'X', kind: 'subject'})
  await lake.put('../map/authors.csv', table)
  const path = await lake.put('a.json', POSTS)
  await expect(lake.run([path], {mapFolder: join(lake.folder, 'map')})).rejects.toThrow(message)
})

test('tables are read as they were written, whatever is in the cells', () => {
  const cell = fc.oneof(fc.string(), fc.constantFrom('=a', "'=a", 'a,b', '"', 'a\r\nb', '-1', ' '))
  const rows = fc.array(fc.array(cell, {minLength: 1, maxLength: 4}), {maxLength: 5})
  fc.assert(
    fc.property(rows, (written) => {
      // A lone line feed would be read as the end of a row only if it were not quoted.
      const kept = written.filter((row) => row.some((one) => one !== ''))
      expect(readCsv(csv(kept)).map(({cells}) => cells)).toEqual(
        kept.map((row) => row.map((one) => one.replace(/^'(?=[=+\-@\t\r])/, ''))),
      )
    }),
    {numRuns: 200},
  )
})
