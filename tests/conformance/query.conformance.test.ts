import {ClientError} from '@sanity/client'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'

import {failureOf} from './failureOf.ts'
import {openTarget, type Target} from './target.ts'

let target: Target
beforeAll(async () => {
  target = await openTarget()
  const {id} = target
  await target
    .client()
    .transaction()
    .create({_id: id('a'), _type: 'story', title: 'Ant', rank: 1})
    .create({_id: id('b'), _type: 'story', title: 'Bee', rank: 2})
    .create({_id: `drafts.${id('a')}`, _type: 'story', title: 'Ant, revised', rank: 1})
    .create({_id: `drafts.${id('c')}`, _type: 'story', title: 'Cat', rank: 3})
    .commit()
})
afterAll(() => target.close())

const mine = () => ({ids: ['a', 'b', 'c'].map((name) => target.id(name))})
const TITLES = '*[_type == "story" && _id in $ids] | order(rank) .title'

const draftsSeenBy = async (version: string): Promise<unknown> => {
  const search = new URLSearchParams({
    query: 'count(*[_id == $id])',
    $id: JSON.stringify(`drafts.${target.id('c')}`),
  })
  const response = await fetch(target.url(`/data/query/${target.dataset}?${search}`, version), {
    headers: {authorization: `Bearer ${target.token}`, 'x-sanity-project-id': target.projectId},
  })
  return response.json()
}

describe('GET /data/query', () => {
  test('answers with parameters', async () => {
    const query = '*[_type == "story" && _id == $id][0]{title, rank}'
    const result = await target.client().fetch(query, {id: target.id('b')})
    expect(result).toEqual({title: 'Bee', rank: 2})
  })

  test('published perspective', async () => {
    const client = target.client({perspective: 'published'})
    expect(await client.fetch(TITLES, mine())).toEqual(['Ant', 'Bee'])
  })

  test('drafts perspective: drafts over published, with published ids and _originalId', async () => {
    const client = target.client({perspective: 'drafts'})
    expect(await client.fetch(TITLES, mine())).toEqual(['Ant, revised', 'Bee', 'Cat'])
    const ids = await client.fetch('*[_id == $id][0]{_id, _originalId}', {id: target.id('a')})
    expect(ids).toEqual({_id: target.id('a'), _originalId: `drafts.${target.id('a')}`})
  })

  test('raw perspective: every document under its own id', async () => {
    const query = 'count(*[_type == "story" && _id in [...$ids, ...$drafts]])'
    const drafts = mine().ids.map((id) => `drafts.${id}`)
    expect(await target.client().fetch(query, {...mine(), drafts})).toBe(4)
  })

  test('without a perspective: published from 2025-02-19 on, raw before', async () => {
    expect(await draftsSeenBy('v2025-02-19')).toMatchObject({result: 0})
    expect(await draftsSeenBy('v2024-01-01')).toMatchObject({result: 1})
    expect(await draftsSeenBy('v1')).toMatchObject({result: 1})
  })

  test('version 1 accepts a pipe before brackets, and repeats the query as sent', async () => {
    const query = '*[_id == $id] | [0] .title // | ['
    const params = {id: target.id('a')}
    const legacy = target.client({apiVersion: '1', perspective: undefined})
    const answer = await legacy.fetch(query, params, {filterResponse: false})
    expect(answer).toMatchObject({result: 'Ant', query})
    expect(await failureOf(target.client().fetch(query, params))).toMatchObject({statusCode: 400})
  })

  // Not known of hosted Sanity: packages/lake/README.md.
  test('a release that is not there, such as a misspelt “draft”, has no documents', async () => {
    const client = target.client({perspective: ['draft']})
    expect(await client.fetch(TITLES, mine())).toEqual(['Ant', 'Bee'])
  })

  test('without a token: published documents only, whatever the perspective', async () => {
    for (const perspective of ['raw', 'drafts', 'published'] as const) {
      const titles = await target.anonymous({perspective}).fetch(TITLES, mine())
      expect(titles).toEqual(['Ant', 'Bee'])
    }
  })

  test('returnQuery, ms and syncTags', async () => {
    const answer = await target.client().fetch('1 + 1', {}, {filterResponse: false})
    expect(answer).toMatchObject({query: '1 + 1', result: 2, ms: expect.any(Number)})
    const short = await target
      .client()
      .fetch('1 + 1', {}, {filterResponse: false, returnQuery: false})
    expect(short).not.toHaveProperty('query')
  })

  test('GROQ that does not parse: 400 with a code frame', async () => {
    const failure = await target
      .client()
      .fetch('*[_type == ')
      .catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(ClientError)
    expect(failure).toMatchObject({
      statusCode: 400,
      details: {type: 'queryParseError', query: '*[_type == ', start: expect.any(Number)},
    })
    expect(String(failure)).toContain('GROQ query parse error:\n> 1 | *[_type == ')
  })
})

describe('POST /data/query', () => {
  test('takes a query too long for a URL', async () => {
    const query = `*[_id == $id][0].title // ${'x'.repeat(12_000)}`
    expect(await target.client().fetch(query, {id: target.id('a')})).toBe('Ant')
  })
})
