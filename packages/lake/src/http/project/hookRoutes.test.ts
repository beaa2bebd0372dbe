import type {SanityClient} from '@sanity/client'
import {isValidSignature, SIGNATURE_HEADER_NAME} from '@sanity/webhook'
import {afterEach, beforeEach, describe, expect, test} from 'vitest'

import {bodiesOf, idsIn, openReceiver, type Receiver} from '../../hooks/testReceiver.ts'
import {createLake, type Lake} from '../../open/createLake.ts'
import {type RunningServer, startServer} from '../../server/startServer.ts'
import {clientOf} from '../testClient.ts'

let lake: Lake
let server: RunningServer
let client: SanityClient
let receiver: Receiver
beforeEach(async () => {
  lake = createLake()
  server = await startServer({lake, port: 0})
  client = clientOf(lake, server.url)
  receiver = await openReceiver()
})
afterEach(async () => {
  await server.close()
  await lake.close()
  await receiver[Symbol.asyncDispose]()
})

const PATH = '/hooks/projects/copydesk'

const add = (more: object = {}): Promise<{id: string}> =>
  client.request({
    url: PATH,
    method: 'POST',
    body: {type: 'document', name: 'Site', dataset: 'production', url: receiver.url, ...more},
  })

const logs = (id: string, what: 'messages' | 'attempts') =>
  client.request<Record<string, unknown>[]>({url: `${PATH}/${id}/${what}`})

/** Answers are recorded a moment after the receiver has sent them. */
const recorded = async (id: string, status: string, count: number): Promise<void> => {
  await expect
    .poll(async () =>
      (await logs(id, 'messages')).filter((message) => message['status'] === status),
    )
    .toHaveLength(count)
}

describe('the settings of webhooks', () => {
  test('are created, listed, read, changed and deleted', async () => {
    const created = await add({rule: {on: ['create'], filter: '_type == "a"'}, secret: 'whisper'})
    expect(created).toEqual({
      type: 'document',
      id: expect.stringMatching(/^\w{16}$/),
      name: 'Site',
      description: null,
      projectId: 'copydesk',
      dataset: 'production',
      url: receiver.url,
      rule: {on: ['create'], filter: '_type == "a"', projection: null},
      apiVersion: 'v2021-03-25',
      httpMethod: 'POST',
      headers: {},
      includeDrafts: false,
      includeAllVersions: false,
      hasSecret: true,
      isDisabled: false,
      isDisabledByUser: false,
      createdAt: expect.stringMatching(/Z$/),
      createdByUserId: 'local',
      deletedAt: null,
    })
    const url = `${PATH}/${created.id}`
    expect(await client.request({url: PATH})).toEqual([created])
    expect(await client.request({url})).toEqual(created)
    const body = {rule: {projection: '{_id}'}, httpMethod: 'PUT', secret: null}
    expect(await client.request({url, method: 'PATCH', body})).toEqual({
      ...created,
      rule: {on: ['create'], filter: '_type == "a"', projection: '{_id}'},
      httpMethod: 'PUT',
      hasSecret: false,
    })
    expect(await client.request({url, method: 'DELETE'})).toEqual({deleted: true})
    expect(await client.request({url: PATH})).toEqual([])
    await expect(client.request({url})).rejects.toThrow(/no webhook/)
  })

  test.each([
    [{url: 'ftp://example.org'}, /"url" must be a web address/],
    [{url: 'http://a:b@localhost/'}, /must not contain a password/],
    [{dataset: 'nowhere'}, /there is no dataset "nowhere"/],
    [{name: ''}, /"name" must be a string of 1 to 100/],
    [{on: ['create']}, /"on" is not allowed/],
    [{isDisabled: true}, /"isDisabled" is not allowed/],
    [{type: 'transaction'}, /"type" must be "document"/],
    [{rule: {on: ['created']}}, /"rule.on" must be an array with some of create, update, delete/],
    [{rule: {filter: null}}, /"rule.filter" must be a string/],
    [{rule: {filter: '_type =='}}, /"rule.filter"/],
    [{rule: {filter: '*[_type == "a"]'}}, /Write only what belongs between/],
    [
      {rule: {projection: '{"n": count(*)}'}},
      /"rule.projection": a rule sees the changed document/,
    ],
    [{rule: {filter: '_id == $id'}}, /no value for \$id/],
    [{headers: {'a b': 'c'}}, /"headers": "a b" is not a header/],
    [{headers: {a: 'b\r\nc: d'}}, /"headers": "a" is not a header/],
    [{httpMethod: 'HEAD'}, /"httpMethod" must be one of POST/],
    [{apiVersion: '2021-03-25'}, /"apiVersion" must be a version/],
  ])('are checked: %j', async (more, message) => {
    await expect(add(more)).rejects.toThrow(message)
    expect(await client.request({url: PATH})).toEqual([])
  })

  test('need a dataset, a name and an address', async () => {
    await expect(client.request({url: PATH, method: 'POST', body: {}})).rejects.toThrow(
      '"name" is required.',
    )
  })
})

describe('a message', () => {
  test('has the headers of hosted Sanity, and a signature that @sanity/webhook verifies', async () => {
    const {id} = await add({secret: 'whisper', headers: {Authorization: 'Bearer a', Host: 'evil'}})
    const document = await client.create({_id: 'a', _type: 'note', text: 'Zoë'})
    await receiver.until(1)
    const {method, path, headers, body = ''} = receiver.received[0] ?? {}
    expect({method, path}).toEqual({method: 'POST', path: '/hook'})
    expect(JSON.parse(body)).toEqual(document)
    expect(headers).toMatchObject({
      authorization: 'Bearer a',
      host: `127.0.0.1:${receiver.port}`,
      'content-type': 'application/json',
      'idempotency-key': expect.stringMatching(/^[\w-]{22}$/),
      'sanity-webhook-id': id,
      'sanity-project-id': 'copydesk',
      'sanity-dataset': 'production',
      'sanity-document-id': 'a',
      'sanity-operation': 'create',
      'sanity-transaction-id': document._rev,
      'sanity-transaction-time': document._updatedAt,
    })
    const signature = String(headers?.[SIGNATURE_HEADER_NAME])
    expect(await isValidSignature(body, signature, 'whisper')).toBe(true)
    expect(await isValidSignature(body, signature, 'another')).toBe(false)
    expect(await isValidSignature(`${body} `, signature, 'whisper')).toBe(false)
  })

  test('says what the projection selects, for the operations and documents of the rule', async () => {
    await client.create({_id: 'author', _type: 'person', name: 'Ada'})
    await add({
      httpMethod: 'PUT',
      rule: {
        on: ['update', 'delete'],
        filter: 'delta::changedAny(title) && before()._type == "article"',
        projection: `{
          _id, "operation": delta::operation(), "was": before().title, "is": after().title,
          "by": author->name, "project": sanity::projectId(), "dataset": sanity::dataset()
        }`,
      },
    })
    const author = {_type: 'reference', _ref: 'author'}
    await client.create({_id: 'a', _type: 'article', title: 'One', author})
    await client.patch('a').set({text: 'body'}).commit()
    await client.patch('a').set({title: 'Two'}).commit()
    await client.create({_id: 'n', _type: 'note', title: 'One'})
    await client.patch('n').set({title: 'Two'}).commit()
    await client.delete('a')
    await receiver.until(2)
    const shared = {_id: 'a', by: 'Ada', project: 'copydesk', dataset: 'production'}
    expect(bodiesOf(receiver)).toEqual([
      {...shared, operation: 'update', was: 'One', is: 'Two'},
      {...shared, operation: 'delete', was: 'Two', is: null},
    ])
    expect(receiver.received[0]?.method).toBe('PUT')
  })

  test('is sent about drafts and versions only where the webhook includes them', async () => {
    await add()
    await using drafts = await openReceiver()
    await add({name: 'Drafts', url: drafts.url, includeDrafts: true})
    await using versions = await openReceiver()
    await add({name: 'Versions', url: versions.url, includeAllVersions: true})
    for (const _id of ['drafts.a', 'versions.r1.a', 'a']) await client.create({_id, _type: 'note'})
    await Promise.all([receiver.until(1), drafts.until(2), versions.until(2)])
    expect(idsIn(receiver)).toEqual(['a'])
    expect(idsIn(drafts)).toEqual(['drafts.a', 'a'])
    expect(idsIn(versions)).toEqual(['versions.r1.a', 'a'])
  })

  test('is sent for each document of a transaction, in order', async () => {
    await add({rule: {projection: '_id'}})
    const ids = Array.from({length: 120}, (_, n) => `d${n}`)
    const transaction = client.transaction()
    for (const _id of ids) transaction.create({_id, _type: 'note'})
    await transaction.commit({returnDocuments: false})
    await receiver.until(ids.length)
    expect(bodiesOf(receiver)).toEqual(ids)
    const keys = new Set(receiver.received.map(({headers}) => headers['idempotency-key']))
    expect(keys.size).toBe(ids.length)
  })

  test('is sent about every dataset, also a new one, where the webhook says "*"', async () => {
    await add({dataset: '*', rule: {projection: 'sanity::dataset()'}})
    await client.datasets.create('other')
    await client.withConfig({dataset: 'other'}).create({_type: 'note'})
    await client.create({_type: 'note'})
    await receiver.until(2)
    expect(bodiesOf(receiver).toSorted()).toEqual(['other', 'production'])
  })

  test('is not sent about what was before the webhook, or while it is switched off', async () => {
    await client.create({_id: 'before', _type: 'note'})
    const {id} = await add()
    const url = `${PATH}/${id}`
    await client.request({url, method: 'PATCH', body: {isDisabledByUser: true}})
    await client.create({_id: 'meanwhile', _type: 'note'})
    await client.request({url, method: 'PATCH', body: {isDisabledByUser: false}})
    await client.create({_id: 'after', _type: 'note'})
    await receiver.until(1)
    await recorded(id, 'success', 1)
    expect(idsIn(receiver)).toEqual(['after'])
  })

  test('is about nothing that a dataset had before it was emptied', async () => {
    const {id} = await add()
    await client.create({_id: 'a', _type: 'note'})
    await recorded(id, 'success', 1)
    await lake.reset('production')
    await client.create({_id: 'b', _type: 'note'})
    await receiver.until(2)
    expect(idsIn(receiver)).toEqual(['a', 'b'])
  })

  test('that a projection cannot make is a failure in the log', async () => {
    const {id} = await add({rule: {projection: '{"n": string::split(text, "")[].a}'}})
    await client.create({_id: 'a', _type: 'note', text: 'x'.repeat(300_000)})
    await recorded(id, 'failure', 1)
    expect(await logs(id, 'attempts')).toMatchObject([
      {failureReason: 'other', resultBody: expect.stringContaining('takes too long')},
    ])
    expect(receiver.received).toEqual([])
  })
})

describe('the log', () => {
  test('has messages and attempts in the shape that the CLI reads', async () => {
    const {id} = await add({rule: {projection: '{_id}'}})
    await client.create({_id: 'a', _type: 'note'})
    await recorded(id, 'success', 1)
    const [message] = await logs(id, 'messages')
    expect(message).toMatchObject({
      hookId: id,
      projectId: 'copydesk',
      dataset: 'production',
      payload: '{"_id":"a"}',
      status: 'success',
      failureCount: 0,
      resultCode: 200,
    })
    const [attempt] = await logs(id, 'attempts')
    expect(attempt).toMatchObject({
      hookId: id,
      messageId: message?.['id'],
      inProgress: false,
      isFailure: false,
      failureReason: null,
      resultCode: 200,
      resultBody: 'thanks',
      duration: expect.any(Number),
    })
    const one = await client.request({url: `${PATH}/attempts/${String(attempt?.['id'])}`})
    expect(one).toEqual(attempt)
    expect(await client.request({url: `/hooks/${id}/messages`})).toEqual([message])
    expect(await client.request({url: `/hooks/${id}/attempts`})).toEqual([attempt])
  })

  test('can be repeated, with the same key', async () => {
    const {id} = await add()
    await client.create({_id: 'a', _type: 'note'})
    await recorded(id, 'success', 1)
    const [message] = await logs(id, 'messages')
    const url = `${PATH}/${id}/messages/${String(message?.['id'])}/redeliver`
    expect(await client.request({url, method: 'POST'})).toMatchObject({resultCode: 200})
    const [first, second] = receiver.received
    expect(second?.headers['idempotency-key']).toBe(first?.headers['idempotency-key'])
    expect(second?.body).toBe(first?.body)
    expect(await logs(id, 'attempts')).toHaveLength(2)
  })

  test('shows a test, which is sent at once', async () => {
    const {id} = await add({secret: 'whisper'})
    expect(await client.request({url: `${PATH}/${id}/test`, method: 'POST'})).toMatchObject({
      isFailure: false,
      resultCode: 200,
    })
    const {body = '', headers} = receiver.received[0] ?? {}
    expect(JSON.parse(body)).toMatchObject({_type: 'test'})
    const signature = String(headers?.[SIGNATURE_HEADER_NAME])
    expect(await isValidSignature(body, signature, 'whisper')).toBe(true)
  })
})
