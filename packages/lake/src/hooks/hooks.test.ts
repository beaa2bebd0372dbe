import {existsSync, mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import type {SanityClient} from '@sanity/client'
import {afterEach, beforeEach, expect, test} from 'vitest'

import {restoreSnapshot} from '../datasets/snapshots/restoreSnapshot.ts'
import {clientOf} from '../http/testClient.ts'
import {createLake, type Lake} from '../open/createLake.ts'
import {internalsOf} from '../open/internals.ts'
import type {LakeOptions} from '../open/lakeOptions.ts'
import {idsIn, openReceiver, type Receiver} from './testReceiver.ts'

let folder: string
let dataDir: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lake-hooks-'))
  dataDir = join(folder, 'data')
})
afterEach(() => {
  rmSync(folder, {recursive: true})
})

const open = (options: LakeOptions = {}): {lake: Lake; client: SanityClient} => {
  const lake = createLake({dataDir, ...options})
  const client = clientOf(lake, 'http://localhost', {
    resolveFetch: () => (url, init) => lake.fetch(new Request(url, init)),
  })
  return {lake, client}
}

const PATH = '/hooks/projects/copydesk'

const add = async (client: SanityClient, url: string, more: object = {}): Promise<string> => {
  const body = {name: 'Site', dataset: 'production', url, rule: {projection: '{_id, n}'}, ...more}
  const hook: {id: string} = await client.request({url: PATH, method: 'POST', body})
  return hook.id
}

const statuses = async (client: SanityClient, id: string): Promise<unknown[]> => {
  const messages: {status: string}[] = await client.request({url: `${PATH}/${id}/messages`})
  return messages.map(({status}) => status)
}

const keysOf = ({received}: Receiver): unknown[] =>
  received.map(({headers}) => headers['idempotency-key'])

test('a lake without webhooks has no log of them', async () => {
  {
    const {lake, client} = open()
    await client.create({_type: 'note'})
    await lake.close()
  }
  expect(existsSync(join(dataDir, 'hooks.sqlite'))).toBe(false)
})

test('what fails for now is sent again with the same key; what is refused is not', async () => {
  await using failing = await openReceiver((response, _, index) => {
    response.statusCode = [503, 200][index] ?? 200
    response.end()
  })
  await using refusing = await openReceiver((response) => {
    response.statusCode = 404
    response.end()
  })
  const {lake, client} = open()
  const failed = await add(client, failing.url)
  const refused = await add(client, refusing.url)
  await client.create({_id: 'a', _type: 'note'})
  await failing.until(2)
  expect(new Set(keysOf(failing)).size).toBe(1)
  await expect.poll(() => statuses(client, failed)).toEqual(['success'])
  const attempts: object[] = await client.request({url: `${PATH}/${failed}/attempts`})
  expect(attempts).toMatchObject([
    {isFailure: false, resultCode: 200},
    {isFailure: true, failureReason: 'http', resultCode: 503},
  ])
  expect(await statuses(client, refused)).toEqual(['failure'])
  expect(refusing.received).toHaveLength(1)
  await lake.close()
})

test('messages about a document keep their order while others go on', async () => {
  let first = true
  await using receiver = await openReceiver((response, {body}) => {
    const fails = first && body.includes('"a"')
    if (fails) first = false
    response.statusCode = fails ? 500 : 200
    response.end()
  })
  const {lake, client} = open()
  await add(client, receiver.url)
  await client.create({_id: 'a', _type: 'note', n: 1})
  await client.patch('a').set({n: 2}).commit()
  await client.create({_id: 'b', _type: 'note', n: 1})
  await receiver.until(4)
  const sent = receiver.received.map(({body}) => JSON.parse(body))
  expect(sent).toEqual([
    {_id: 'a', n: 1},
    {_id: 'b', n: 1},
    {_id: 'a', n: 1},
    {_id: 'a', n: 2},
  ])
  await lake.close()
})

test('a silent receiver holds up neither commits nor other webhooks, nor the end', async () => {
  await using silent = await openReceiver(() => {})
  await using quick = await openReceiver()
  const {lake, client} = open()
  const id = await add(client, silent.url)
  await add(client, quick.url)
  for (let n = 0; n < 20; n++) await client.create({_id: `d${n}`, _type: 'note'})
  await quick.until(20)
  // One at a time.
  expect(silent.received).toHaveLength(1)
  expect((await statuses(client, id)).toSorted()).toEqual([
    ...Array.from({length: 19}, () => 'queued'),
    'sending',
  ])
  await lake.close()
})

test('nothing is lost or sent twice when a lake is closed and opened again', async () => {
  let isDown = true
  await using receiver = await openReceiver((response) => {
    response.statusCode = isDown ? 503 : 200
    response.end()
  })
  const first = open()
  const id = await add(first.client, receiver.url)
  await first.client.create({_id: 'a', _type: 'note'})
  await receiver.until(1)
  await first.lake.close()
  // Written by a lake that sends nothing, such as an import.
  const second = open({sendHooks: false})
  await second.client.create({_id: 'b', _type: 'note'})
  await expect(second.client.request({url: `${PATH}/${id}/test`, method: 'POST'})).rejects.toThrow(
    /not running/,
  )
  await second.lake.close()
  isDown = false
  const before = receiver.received.length
  const third = open()
  await expect.poll(() => statuses(third.client, id)).toEqual(['success', 'success'])
  expect(idsIn(receiver).slice(before).toSorted()).toEqual(['a', 'b'])
  await third.lake.close()
  const fourth = open()
  await fourth.client.create({_id: 'c', _type: 'note'})
  await receiver.until(before + 3)
  expect(idsIn(receiver).slice(before + 2)).toEqual(['c'])
  await fourth.lake.close()
})

test('a transaction of the writer thread is read in parts', async () => {
  await using receiver = await openReceiver()
  const {lake, client} = open()
  const id = await add(client, receiver.url, {rule: {filter: 'n in [0, 49, 50, 599]'}})
  const transaction = client.transaction()
  for (let n = 0; n < 600; n++) transaction.create({_id: `d${n}`, _type: 'note', n})
  await transaction.commit({returnDocuments: false})
  await client.create({_id: 'after', _type: 'note', n: 0})
  await receiver.until(5)
  expect(idsIn(receiver)).toEqual(['d0', 'd49', 'd50', 'd599', 'after'])
  await expect.poll(async () => new Set(await statuses(client, id))).toEqual(new Set(['success']))
  await lake.close()
})

test('a webhook whose host may not be called waits until it may', async () => {
  await using receiver = await openReceiver()
  const url = receiver.url.replace('127.0.0.1', '127.0.0.1.nip.example')
  const first = open()
  const id = await add(first.client, url)
  expect(await first.client.request({url: `${PATH}/${id}`})).toMatchObject({isDisabled: true})
  await first.client.create({_id: 'a', _type: 'note'})
  await first.lake.close()
  const second = open({hookHosts: ['*.example']})
  expect(await second.client.request({url: `${PATH}/${id}`})).toMatchObject({isDisabled: false})
  await expect.poll(() => statuses(second.client, id)).toEqual(['queued'])
  await second.lake.close()
})

test('messages that wait are cancelled when their webhook is switched off', async () => {
  await using receiver = await openReceiver((response) => {
    response.statusCode = 503
    response.end()
  })
  const {lake, client} = open()
  const id = await add(client, receiver.url)
  await client.create({_id: 'a', _type: 'note'})
  await receiver.until(1)
  await expect.poll(() => statuses(client, id)).toEqual(['queued'])
  await client.request({url: `${PATH}/${id}`, method: 'PATCH', body: {isDisabledByUser: true}})
  expect(await statuses(client, id)).toEqual(['failure'])
  await lake.close()
})

test('history is kept until every webhook has read it', async () => {
  const {lake, client} = open({sendHooks: false})
  await add(client, 'http://localhost:1/')
  await client.create({_id: 'a', _type: 'note'})
  await client.create({_id: 'b', _type: 'note'})
  expect(internalsOf(lake).firstUnread('production')).toBe(1)
  await lake.close()
})

test('a restored snapshot has its webhooks switched off, and forgets what was waiting', async () => {
  await using receiver = await openReceiver()
  const first = open()
  await add(first.client, receiver.url)
  await first.lake.snapshot(join(folder, 'saved'))
  await first.lake.close()
  const quiet = open({sendHooks: false})
  await quiet.client.create({_id: 'a', _type: 'note'})
  await quiet.lake.close()
  const restored = await restoreSnapshot(join(folder, 'saved'), dataDir, {replace: true})
  expect(restored).toMatchObject({hooks: 1})
  expect(existsSync(join(dataDir, 'hooks.sqlite'))).toBe(false)
  const second = open()
  const hooks = await second.client.request({url: PATH})
  expect(hooks).toMatchObject([{name: 'Site', isDisabledByUser: true, hasSecret: false}])
  await second.lake.close()
  expect(receiver.received).toEqual([])
})
