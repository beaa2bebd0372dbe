import {afterAll, beforeAll, describe, expect, test} from 'vitest'

import {failureOf} from './failureOf.ts'
import {openTarget, type Target} from './target.ts'

/**
 * The documented technical limits (sanity.io/docs/content-lake/technical-limits; 1 MB is 1,000,000
 * bytes there) that a client can reach: a request at the limit succeeds, one above it is refused.
 */
let target: Target
beforeAll(async () => {
  target = await openTarget()
})
afterAll(() => target.close())

const send = (method: string, path: string, body: string | null): Promise<Response> =>
  fetch(target.url(path), {
    method,
    body,
    headers: {
      authorization: `Bearer ${target.token}`,
      'x-sanity-project-id': target.projectId,
      'content-type': 'application/json',
    },
  })

/** A mutate request of exactly `bytes` bytes that creates one document. */
const mutationOf = (id: string, bytes: number): string => {
  const bodyOf = (text: string) =>
    JSON.stringify({mutations: [{createOrReplace: {_id: id, _type: 'note', text}}]})
  return bodyOf('x'.repeat(bytes - bodyOf('').length))
}

/** Objects inside one another, `levels` of them. */
const nested = (levels: number): object => (levels === 1 ? {} : {inner: nested(levels - 1)})

const wide = (count: number): object =>
  Object.fromEntries(Array.from({length: count}, (_, n) => [`a${n}`, true]))

const refusedItem = {
  statusCode: 400,
  details: expect.objectContaining({type: 'mutationError'}),
}

describe('limits', () => {
  test('a mutate request of 4 MB', async () => {
    const path = `/data/mutate/${target.dataset}`
    const id = target.id('large')
    expect((await send('POST', path, mutationOf(id, 4_000_000))).status).toBe(200)
    const refused = await send('POST', path, mutationOf(id, 4_000_001))
    expect(refused.status).toBe(413)
    expect(await refused.json()).toMatchObject({statusCode: 413, message: expect.any(String)})
  })

  test('an actions request of 4 MB', async () => {
    const action = {
      actionType: 'sanity.action.document.create',
      publishedId: target.id('large-action'),
      attributes: {_id: `drafts.${target.id('large-action')}`, _type: 'note'},
    }
    const body = JSON.stringify({actions: [action], padding: 'x'.repeat(4_000_000)})
    expect((await send('POST', `/data/actions/${target.dataset}`, body)).status).toBe(413)
  })

  test('1,000 attributes of a document', async () => {
    const client = target.client()
    // Beside these: _id, _type, _rev, _createdAt and _updatedAt.
    await client.create({_id: target.id('wide'), _type: 'note', ...wide(995)})
    const tooWide = {_id: target.id('wider'), _type: 'note', ...wide(996)}
    expect(await failureOf(client.create(tooWide))).toMatchObject(refusedItem)
  })

  test('20 levels of a document', async () => {
    const client = target.client()
    // The document itself is the first one.
    await client.create({_id: target.id('deep'), _type: 'note', nested: nested(19)})
    const tooDeep = {_id: target.id('deeper'), _type: 'note', nested: nested(20)}
    expect(await failureOf(client.create(tooDeep))).toMatchObject(refusedItem)
  })

  test('128 characters of a document’s id', async () => {
    const client = target.client()
    const _id = target.id('long').padEnd(128, 'x')
    expect(await client.create({_id, _type: 'note'})).toMatchObject({_id})
    const failure = await failureOf(client.create({_id: `${_id}x`, _type: 'note'}))
    expect(failure).toMatchObject(refusedItem)
  })

  test('64 characters of a dataset’s name', async () => {
    const name = target.id('dataset').toLowerCase().padEnd(64, 'x')
    await target.client().datasets.create(name)
    await target.client().datasets.delete(name)
    expect((await send('PUT', `/datasets/${name}x`, '{}')).status).toBe(400)
  })

  test('75 characters of a request tag', async () => {
    const path = `/data/query/${target.dataset}?query=1&tag=`
    expect((await send('GET', path + 'x'.repeat(75), null)).status).toBe(200)
    expect((await send('GET', path + 'x'.repeat(76), null)).status).toBe(400)
  })

  test('1,024 characters of a search term; the rest is ignored', async () => {
    const client = target.client()
    const word = 'x'.repeat(1024)
    const _id = target.id('word')
    await client.create({_id, _type: 'note', text: word})
    const found = '*[_id == $_id && text match $term]._id'
    expect(await client.fetch(found, {_id, term: word})).toEqual([_id])
    expect(await client.fetch(found, {_id, term: `${word}y`})).toEqual([_id])
    expect(await client.fetch(found, {_id, term: `y${word}`})).toEqual([])
  })

  test('1,000 documents in a release', async () => {
    const client = target.client()
    const releaseId = 'rLimits01'
    await client.releases.create({releaseId, metadata: {releaseType: 'asap'}})
    const versions = (from: number, count: number) =>
      Array.from({length: count}, (_, n) => ({
        create: {_id: `versions.${releaseId}.${target.id(`v${from + n}`)}`, _type: 'note'},
      }))
    await client.mutate(versions(0, 1000))
    expect(await failureOf(client.mutate(versions(1000, 1)))).toMatchObject(refusedItem)
    await client.releases.archive({releaseId})
    await client.releases.delete({releaseId})
  })
})
