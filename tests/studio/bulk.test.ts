/** Many stories at once, against a real lake: what is done, what fails, and the way back. */
import {afterEach, beforeEach, expect, test} from 'vitest'

import {operateOnMany, undoMany} from '../../studio/bulk/manyStories.ts'
import type {Newsroom, Operation} from '../../studio/bulk/operations.ts'
import type {TestDocument} from '../schema/documents.ts'
import {openNewsroom} from '../schema/newsroom.ts'

const NOW = '2021-07-14T09:00:00.000Z'

const story = (_id: string, fields: object = {}): TestDocument => ({
  _id,
  _type: 'article',
  headline: 'Ferry returns',
  slug: {_type: 'slug', current: _id.replace('drafts.', '')},
  firstPublishedAt: '2021-07-01T09:00:00.000Z',
  ...fields,
})

const documents: readonly TestDocument[] = [
  {_id: 'city', _type: 'topic', name: 'City', kind: 'section'},
  story('out'),
  story('edited'),
  story('drafts.edited', {headline: 'Ferry returns at last'}),
  story('drafts.new', {firstPublishedAt: undefined}),
  story('drafts.faulty', {headline: undefined}),
]

let newsroom: Awaited<ReturnType<typeof openNewsroom>>
let desk: Newsroom

beforeEach(async () => {
  newsroom = await openNewsroom(documents)
  let keys = 0
  desk = {
    client: newsroom.client,
    findings: async ({headline}) => (headline ? [] : ['Write a headline.']),
    now: () => new Date(NOW),
    newKey: () => `key${(keys += 1)}`,
  }
})

afterEach(() => newsroom.close())

const chosen = ['out', 'edited', 'new', 'faulty'].map((id) => ({id, headline: `Story ${id}`}))

/** All stories without the times and revisions that every write changes. */
const stories = async () => {
  const found = await newsroom.client.fetch<Record<string, unknown>[]>(
    '*[_type == "article"] | order(_id asc)',
    {},
    {perspective: 'raw'},
  )
  return found.map(({_rev, _updatedAt, ...document}) => document)
}

const idsOf = async () => (await stories()).map(({_id}) => _id)

const run = async (operation: Operation) => {
  const counts: number[] = []
  const result = await operateOnMany(desk, chosen, operation, (count) => counts.push(count))
  expect(counts).toEqual([1, 2, 3, 4])
  return result
}

test('publish what has changes and no faults, and say why the rest is not out', async () => {
  const {says, failures} = await run({is: 'publish'})
  expect(says).toBe('2 stories published.')
  expect(failures).toEqual([
    {id: 'out', headline: 'Story out', reason: 'It has no changes to publish.'},
    {id: 'faulty', headline: 'Story faulty', reason: 'Write a headline.'},
  ])
  expect(await stories()).toEqual([
    expect.objectContaining({_id: 'drafts.faulty'}),
    expect.objectContaining({_id: 'edited', headline: 'Ferry returns at last'}),
    expect.objectContaining({_id: 'new', firstPublishedAt: NOW}),
    expect.objectContaining({_id: 'out'}),
  ])
})

test('unpublishing leaves drafts', async () => {
  expect((await run({is: 'unpublish'})).says).toBe('2 stories unpublished.')
  expect(await idsOf()).toEqual(['drafts.edited', 'drafts.faulty', 'drafts.new', 'drafts.out'])
})

test('a section is set in drafts', async () => {
  const {says, failures} = await run({is: 'setSection', id: 'city'})
  expect(says).toBe('4 stories moved to the section. Readers see it once the drafts are published.')
  expect(failures).toEqual([])
  const sections = await newsroom.client.fetch<unknown>(
    '*[_type == "article" && defined(section)]._id | order(@ asc)',
    {},
    {perspective: 'raw'},
  )
  expect(sections).toEqual(['drafts.edited', 'drafts.faulty', 'drafts.new', 'drafts.out'])
  expect((await run({is: 'setSection', id: 'city'})).says).toBe(
    'No story was moved to the section.',
  )
})

test('a topic is added once', async () => {
  await run({is: 'addTopic', id: 'city'})
  const {says, failures} = await run({is: 'addTopic', id: 'city'})
  expect(says).toBe('No story was given the topic.')
  expect(failures[0]?.reason).toBe('It has this topic already.')
  expect(await newsroom.client.getDocument('drafts.out')).toMatchObject({
    topics: [{_type: 'reference', _ref: 'city'}],
  })
})

test('a release gets a version of each', async () => {
  await newsroom.client.releases.create({
    releaseId: 'rMonday',
    metadata: {title: 'Monday', releaseType: 'asap'},
  })
  await run({is: 'addToRelease', id: 'rMonday'})
  expect(await newsroom.client.getDocument('versions.rMonday.edited')).toMatchObject({
    headline: 'Ferry returns at last',
  })
  const {failures} = await run({is: 'addToRelease', id: 'rMonday'})
  expect(failures).toHaveLength(4)
})

test.each<Operation>([
  {is: 'publish'},
  {is: 'unpublish'},
  {is: 'setSection', id: 'city'},
  {is: 'addTopic', id: 'city'},
])('undo of $is leaves everything as it was', async (operation) => {
  const before = await stories()
  const result = await run(operation)
  expect(await stories()).not.toEqual(before)
  const undone = await undoMany(desk, result, () => undefined)
  expect(undone.failures).toEqual([])
  expect(await stories()).toEqual(before)
})

test('undo does not touch what someone has changed since', async () => {
  const result = await run({is: 'setSection', id: 'city'})
  await newsroom.client.patch('drafts.edited').set({headline: 'Ferry is late'}).commit()
  const {says, failures} = await undoMany(desk, result, () => undefined)
  expect(says).toBe('3 stories put back as before.')
  expect(failures.map(({headline}) => headline)).toEqual(['Story edited'])
  expect(await newsroom.client.getDocument('drafts.edited')).toMatchObject({
    headline: 'Ferry is late',
    section: {_ref: 'city'},
  })
})
