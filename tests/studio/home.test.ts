/** The home page: which stories are in each of its lists, and what their rows say. */
import {afterAll, beforeAll, expect, test} from 'vitest'

import {homeLists, homeQuery} from '../../studio/home/homeQuery.ts'
import type {TestDocument} from '../schema/documents.ts'
import {openNewsroom} from '../schema/newsroom.ts'

const NOW = '2021-07-14T09:00:00.000Z'

const story = (_id: string, fields: object = {}): TestDocument => ({
  _id,
  _type: 'article',
  headline: `Story ${_id}`,
  slug: {_type: 'slug', current: _id.replace('drafts.', '')},
  firstPublishedAt: '2021-07-01T09:00:00.000Z',
  ...fields,
})

const documents: readonly TestDocument[] = [
  {_id: 'city', _type: 'topic', name: 'City', kind: 'section'},
  story('old', {section: {_type: 'reference', _ref: 'city'}}),
  story('new', {firstPublishedAt: '2021-07-14T08:00:00.000Z'}),
  story('drafts.new', {embargoUntil: '2021-07-20T08:00:00.000Z', assignee: 'ada'}),
  story('drafts.unwritten', {
    headline: undefined,
    firstPublishedAt: undefined,
    assignee: 'bo',
    workflow: 'legal',
  }),
  story('drafts.orphan', {firstPublishedAt: undefined}),
  story('tomorrow', {firstPublishedAt: '2021-07-15T08:00:00.000Z'}),
  story('tonight', {embargoUntil: '2021-07-14T20:00:00.000Z'}),
  story('held', {firstPublishedAt: '2021-07-16T08:00:00.000Z', pubStatus: 'withheld'}),
  story('retracted', {pubStatus: 'retracted'}),
]

let newsroom: Awaited<ReturnType<typeof openNewsroom>>

beforeAll(async () => {
  newsroom = await openNewsroom(documents)
})

afterAll(() => newsroom.close())

test('each list holds its stories, with what readers see of them', async () => {
  const answer = await newsroom.client.fetch<unknown>(
    homeQuery,
    {now: NOW, me: 'ada'},
    {perspective: 'raw'},
  )
  const lists = homeLists(answer, Date.parse(NOW))
  const idsOf = (list: 'mine' | 'others' | 'next' | 'recent') => lists?.[list].map(({id}) => id)
  expect(idsOf('mine')).toEqual(['new'])
  expect(idsOf('others')?.toSorted()).toEqual(['orphan', 'unwritten'])
  expect(idsOf('next')).toEqual(['tonight', 'tomorrow'])
  expect(idsOf('recent')).toEqual(['new', 'old'])

  // Readers still see the published story, whatever its draft says.
  expect(lists?.mine[0]).toMatchObject({isDraft: true, state: {word: 'Live'}})
  expect(lists?.mine[0]?.time).toMatch(/^edited \d/)
  expect(lists?.recent[1]).toMatchObject({
    headline: 'Story old',
    section: 'City',
    picture: undefined,
    time: '1 Jul 2021, 10:00',
  })
  expect(lists?.next[0]).toMatchObject({
    state: {word: 'Embargoed until 14 Jul 2021, 21:00'},
    time: undefined,
  })
  expect(lists?.others).toContainEqual(
    expect.objectContaining({
      id: 'unwritten',
      headline: 'No headline yet',
      assignee: 'bo',
      workflow: 'Legal',
      state: expect.objectContaining({word: 'Not published'}),
    }),
  )
})

test('without an answer there are no lists', () => {
  expect(homeLists(undefined, 0)).toBeUndefined()
})
