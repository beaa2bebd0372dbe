import {once} from 'node:events'
import {createServer} from 'node:net'

import {expect, test} from 'vitest'

import type {HookRecord} from '../access/hookRecord.ts'
import type {NewMessage} from '../store/hooks/hookLog.ts'
import {deliver, type DeliveryOptions} from './deliver.ts'
import {newHook} from './hookInput.ts'
import {createTargets} from './targets.ts'
import {openReceiver} from './testReceiver.ts'

const hookTo = (url: string): HookRecord => ({
  ...newHook({name: 'Site', dataset: 'production', url}),
  id: 'h1',
  createdAt: '2026-05-04T12:00:00.000Z',
  createdByUserId: 'local',
})

const message: NewMessage = {
  id: 'm1',
  hook: 'h1',
  dataset: 'production',
  document: 'a',
  operation: 'create',
  transactionId: 't1',
  transactionTime: '2026-05-04T12:00:00.000Z',
  payload: '{"_id":"a"}',
}

const send = (url: string, changes: Partial<DeliveryOptions> = {}) =>
  deliver(hookTo(url), message, {
    projectId: 'copydesk',
    targets: createTargets([]),
    now: 1_777_000_000_000,
    timeout: 5000,
    signal: new AbortController().signal,
    ...changes,
  })

const found =
  (...addresses: readonly string[]) =>
  async () =>
    addresses.map((address) => ({address, family: 4}))

test('an answer of the 200 range is a delivery, any other is a failure', async () => {
  await using receiver = await openReceiver((response, {path}) => {
    response.statusCode = Number(path.slice(1))
    response.end('said')
  })
  const statusOf = (status: number) => send(`http://localhost:${receiver.port}/${status}`)
  expect(await statusOf(204)).toMatchObject({failure: null, resultCode: 204})
  expect(await statusOf(404)).toEqual({failure: 'http', resultCode: 404, resultBody: 'said'})
  expect(await statusOf(500)).toMatchObject({failure: 'http', resultCode: 500})
})

test('a redirect is not followed', async () => {
  await using elsewhere = await openReceiver()
  await using receiver = await openReceiver((response) => {
    response.writeHead(307, {location: elsewhere.url}).end()
  })
  expect(await send(receiver.url)).toMatchObject({failure: 'http', resultCode: 307})
  expect(elsewhere.received).toEqual([])
})

test('a receiver that is silent, refuses or breaks off is a failure', async () => {
  await using silent = await openReceiver(() => {})
  expect(await send(silent.url, {timeout: 100})).toMatchObject({failure: 'timeout'})
  await using breaking = await openReceiver((response) => void response.destroy())
  expect(await send(breaking.url)).toMatchObject({failure: 'network', resultCode: null})
  const gone = await openReceiver()
  await gone[Symbol.asyncDispose]()
  expect(await send(gone.url)).toMatchObject({
    failure: 'network',
    resultBody: expect.stringContaining('ECONNREFUSED'),
  })
})

test('an endless or unfinished answer counts by its status, and its beginning is kept', async () => {
  await using endless = await openReceiver((response) => {
    const more = (): void => void response.write('x'.repeat(50_000), () => setImmediate(more))
    more()
  })
  const result = await send(endless.url)
  expect(result).toMatchObject({failure: null, resultCode: 200})
  expect(result.resultBody).toHaveLength(4096)
  await using unfinished = await openReceiver((response) => void response.write('half'))
  expect(await send(unfinished.url)).toMatchObject({
    failure: null,
    resultBody: 'half',
  })
})

test('nothing is sent to an address that is not allowed, whatever its name', async () => {
  await using receiver = await openReceiver()
  const {port} = receiver
  const url = `http://site.example.org:${port}/`
  const toLoopback = {resolveName: found('127.0.0.1')}
  const listed = createTargets(['site.example.org'])
  for (const targets of [createTargets([]), listed, createTargets(['*'])]) {
    expect(await send(url, {...toLoopback, targets})).toMatchObject({
      failure: 'network',
      resultBody: expect.stringContaining('The lake may not call site.example.org'),
    })
  }
  expect(receiver.received).toEqual([])
  const trusted = createTargets(['site.example.org', '127.0.0.0/8'])
  expect(await send(url, {...toLoopback, targets: trusted})).toMatchObject({failure: null})
  expect(await send(`http://10.9.8.7:${port}/`)).toMatchObject({failure: 'network'})
})

test('a name that leads to several addresses is called at one that is allowed', async () => {
  await using receiver = await openReceiver()
  const targets = createTargets(['127.0.0.0/8', 'site.example.org'])
  const result = await send(`http://site.example.org:${receiver.port}/`, {
    targets,
    resolveName: found('10.9.8.7', '127.0.0.1'),
  })
  expect(result).toMatchObject({failure: null})
})

test('what is not HTTP is a failure', async () => {
  const server = createServer((socket) => void socket.end('220 mail.example.org\r\n'))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : 0
  expect(await send(`http://127.0.0.1:${port}/`)).toMatchObject({failure: 'network'})
  server.close()
})
