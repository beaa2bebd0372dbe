import {afterAll, beforeAll, describe, expect, test} from 'vitest'

import {failureOf} from './failureOf.ts'
import {isRecord} from './isRecord.ts'
import {openTarget, type Target} from './target.ts'

let target: Target
let id: string
const revisions: string[] = []
beforeAll(async () => {
  target = await openTarget()
  id = target.id('story')
  const client = target.client()
  const created = await client.create({_id: id, _type: 'note', text: 'one'})
  const changed = await client.patch(id).set({text: 'two'}).commit()
  revisions.push(created._rev, changed._rev)
  await client.delete(id)
})
afterAll(() => target.close())

const get = async (path: string): Promise<string> => {
  const response = await fetch(target.url(`/data/history/${target.dataset}${path}`), {
    headers: {authorization: `Bearer ${target.token}`, 'x-sanity-project-id': target.projectId},
  })
  expect(response.status).toBe(200)
  return response.text()
}

const lines = (text: string): unknown[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line))

describe('GET /data/history/…/transactions', () => {
  test('what was done to a document, oldest first, with effects', async () => {
    const search = 'excludeContent=true&includeIdentifiedDocumentsOnly=true&effectFormat=mendoza'
    const transactions = lines(await get(`/transactions/${id}?${search}`))
    expect(transactions).toHaveLength(3)
    expect(transactions[0]).toMatchObject({
      id: revisions[0],
      author: expect.any(String),
      documentIDs: [id],
      effects: {[id]: {apply: [0, expect.objectContaining({text: 'one'})], revert: [0, null]}},
    })
    expect(transactions[2]).toMatchObject({effects: {[id]: {apply: [0, null]}}})
  })

  test('without contents, mutations still name the document and the operation', async () => {
    const bare = lines(await get(`/transactions/${id}?excludeContent=true`))
    expect(bare).toHaveLength(3)
    const mutations = bare.map((line) => (isRecord(line) ? line['mutations'] : undefined))
    expect(JSON.stringify(mutations)).not.toMatch(/one|two/)
    expect(mutations[1]).toEqual([{patch: expect.objectContaining({id})}])
    expect(mutations[2]).toEqual([{delete: {id, purge: false}}])
    const none = lines(await get(`/transactions/${id}?excludeContent=true&excludeMutations=true`))
    expect(none[0]).not.toHaveProperty('mutations')
  })

  test('newest first, limited, from a transaction on', async () => {
    const newest = lines(await get(`/transactions/${id}?reverse=true&limit=1&excludeContent=true`))
    expect(newest).toHaveLength(1)
    const search = `fromTransaction=${revisions[1]}&excludeContent=true`
    const since = lines(await get(`/transactions/${id}?${search}`))
    expect(since).toEqual([expect.objectContaining({id: revisions[1]}), newest[0]])
  })
})

describe('GET /data/history/…/documents', () => {
  test('a document at a revision', async () => {
    const {documents} = JSON.parse(await get(`/documents/${id}?revision=${revisions[0]}`))
    expect(documents).toEqual([expect.objectContaining({text: 'one', _rev: revisions[0]})])
  })

  test('without a revision or time: the current documents, as in /data/doc', async () => {
    const existing = target.id('present')
    await target.client().create({_id: existing, _type: 'note', text: 'now'})
    const {documents} = JSON.parse(await get(`/documents/${id},${existing}`))
    expect(documents).toEqual([expect.objectContaining({_id: existing, text: 'now'})])
  })

  test('one revision or time, not both', async () => {
    const path = `/documents/${id}?revision=${revisions[0]}&lastRevision=true`
    expect(
      await failureOf(target.client().request({url: `/data/history/${target.dataset}${path}`})),
    ).toMatchObject({statusCode: 400})
  })

  test('the last state of a deleted document', async () => {
    const {documents} = JSON.parse(await get(`/documents/${id}?lastRevision=true`))
    expect(documents).toEqual([expect.objectContaining({text: 'two', _rev: revisions[1]})])
  })
})

const typesOf = async (documentId: string): Promise<string[]> => {
  const {events} = JSON.parse(await get(`/events/documents/${documentId}`))
  return events[documentId].map(({type}: {type: string}) => type)
}

describe('GET /data/history/…/events', () => {
  test('publishing shows in the draft’s events', async () => {
    const publishedId = target.id('evented')
    const draftId = `drafts.${publishedId}`
    const client = target.client()
    await client.create({_id: draftId, _type: 'note'})
    await client.action({actionType: 'sanity.action.document.publish', draftId, publishedId})
    const {events} = JSON.parse(await get(`/events/documents/${draftId}?limit=10`))
    expect(events[draftId][0]).toMatchObject({
      type: 'publishDocumentVersion',
      documentId: publishedId,
    })
    const published = JSON.parse(await get(`/events/documents/${publishedId}`))
    expect(published.events[publishedId][0]).toMatchObject({type: 'publishDocumentVersion'})
  })

  test('deleting is an event of the version for a draft, of the group for a document', async () => {
    const publishedId = target.id('deleted')
    const draftId = `drafts.${publishedId}`
    const client = target.client()
    await client.create({_id: publishedId, _type: 'note'})
    await client.create({_id: draftId, _type: 'note'})
    await client.action({
      actionType: 'sanity.action.document.delete',
      publishedId,
      includeDrafts: [draftId],
    })
    expect(await typesOf(draftId)).toEqual(['deleteDocumentVersion', 'createDocumentVersion'])
    expect(await typesOf(publishedId)).toEqual(['deleteDocumentGroup', 'createLiveDocument'])
  })
})
