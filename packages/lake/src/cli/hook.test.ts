/** @module-tag long */
import {spawn} from 'node:child_process'
import {once} from 'node:events'
import {join} from 'node:path'

import {isValidSignature} from '@sanity/webhook'
import {afterEach, beforeEach, expect, test} from 'vitest'

import {readLocalFile} from '../access/localFile.ts'
import {idsIn, openReceiver} from '../hooks/testReceiver.ts'
import {clientOf} from '../http/testClient.ts'
import {openShell, type Shell} from './testShell.ts'

/** `lake hook` as people type it, with real receivers, and lakes that are killed while they send. */
let shell: Shell
beforeEach(() => {
  shell = openShell()
})
afterEach(() => shell.close())

const clientAt = (url: string) => {
  const token = readLocalFile(join(shell.folder, '.lake'))?.token ?? ''
  return clientOf({projectId: 'copydesk', token}, url)
}

/** Runs `lake hook add` with a secret on its standard input. */
const addSigned = async (secret: string, ...argv: readonly string[]): Promise<void> => {
  const program = join(import.meta.dirname, 'lake.ts')
  const args = [program, 'hook', 'add', ...argv, '--secret-stdin']
  const child = spawn(process.execPath, args, {
    cwd: shell.folder,
    stdio: ['pipe', 'ignore', 'inherit'],
  })
  child.stdin?.end(`${secret}\n`)
  await once(child, 'close')
  expect(child.exitCode).toBe(0)
}

test('adds, lists, tests, redelivers and deletes', async () => {
  let status = 200
  await using receiver = await openReceiver((response) => {
    response.statusCode = status
    response.end('noted')
  })
  const url = await shell.start()
  await addSigned('whisper', receiver.url, '--name', 'Site', '--on', 'create,delete')
  const listed = await shell.lake('hook', 'list')
  expect(listed).toMatchObject({code: 0, err: ''})
  expect(listed.out).toContain(`Site: create,delete in production → POST ${receiver.url}\n`)

  expect(await shell.lake('hook', 'test', 'Site')).toMatchObject({
    code: 0,
    out: expect.stringMatching(/^HTTP 200 after \d+ ms: noted\n$/),
  })
  const {body = '', headers} = receiver.received[0] ?? {}
  const signature = String(headers?.['sanity-webhook-signature'])
  expect(await isValidSignature(body, signature, 'whisper')).toBe(true)

  status = 410
  expect((await shell.lake('hook', 'test', 'Site')).code).toBe(1)
  await clientAt(url).create({_id: 'a', _type: 'note'})
  await receiver.until(3)
  const failed = await shell.lake('hook', 'redeliver', 'Site')
  expect(failed).toMatchObject({code: 1, out: expect.stringContaining('HTTP 410')})
  status = 200
  expect(await shell.lake('hook', 'redeliver', 'Site')).toMatchObject({code: 0})
  expect(await shell.lake('hook', 'redeliver', 'Site')).toMatchObject({
    code: 0,
    out: 'No message has failed.\n',
  })
  expect((await shell.lake('hook', 'delete', 'Site')).code).toBe(0)
  expect((await shell.lake('hook', 'list')).out).toBe('')
}, 120_000)

test('says what is wrong', async () => {
  const err = async (...argv: readonly string[]): Promise<string> => {
    const ended = await shell.lake('hook', ...argv)
    expect(ended.code).toBe(1)
    return ended.err
  }
  await shell.start()
  expect(await err()).toContain('Say what to do: add, list, test, redeliver, delete.')
  expect(await err('create')).toContain('Unknown action "create"')
  expect(await err('add')).toContain('expected URL')
  expect(await err('add', 'nowhere')).toContain('"nowhere" is not a web address')
  expect(await err('add', 'http://localhost', '--on', 'publish')).toContain('"rule.on" must be')
  expect(await err('add', 'http://localhost', '--header', 'x')).toContain("write 'NAME: VALUE'")
  expect(await err('test', 'Nobody')).toContain('There is no webhook "Nobody".')
  expect((await shell.lake('hook', 'add', '--help')).out).toContain('--secret-stdin')
  const elsewhere = await shell.lake('hook', 'add', 'https://site.example.org/hook')
  expect(elsewhere.out).toContain('Start it with "--hook-host site.example.org".')
  expect((await shell.lake('hook', 'list')).out).toContain('waits: its host needs --hook-host')
  await shell.stop('SIGTERM')
  await shell.start('--hook-host', 'site.example.org')
  expect((await shell.lake('hook', 'list')).out).not.toContain('waits')
  await shell.stop('SIGTERM')
  expect(await err('test', 'site.example.org')).toContain('The lake is not running.')
  await clientAt(await shell.start()).create({_type: 'note'})
  expect(shell.printed()).toContain('The webhook "site.example.org" waits')
  await shell.stop('SIGTERM')
  const trimmed = await shell.lake('trim', '--keep-days', '0')
  expect(trimmed.out).toContain('production: history that a webhook has not read yet is kept')
}, 120_000)

test('after kills every change arrives, and nothing again that was recorded as delivered', async () => {
  await using receiver = await openReceiver((response) => {
    setTimeout(() => response.end(), 20)
  })
  let url = await shell.start()
  const path = '/hooks/projects/copydesk'
  const body = {name: 'Site', dataset: 'production', url: receiver.url}
  const hook: {id: string} = await clientAt(url).request({url: path, method: 'POST', body})
  const acknowledged: string[] = []
  const delivered = new Set<string>()
  const keys = (): string[] =>
    receiver.received.map(({headers}) => String(headers['idempotency-key']))
  const messages = async (): Promise<{id: string; status: string}[]> =>
    clientAt(url).request({url: `${path}/${hook.id}/messages`})
  const repeated: string[] = []
  for (let round = 0; round < 6; round++) {
    const client = clientAt(url)
    for (let n = 0; n < 12; n++) {
      const {_id} = await client.create({_id: `d${round}x${n}`, _type: 'note'})
      acknowledged.push(_id)
    }
    for (const {id, status} of await messages()) if (status === 'success') delivered.add(id)
    await shell.stop('SIGKILL')
    const before = keys().length
    url = await shell.start()
    await receiver.until(before + 3)
    repeated.push(
      ...keys()
        .slice(before)
        .filter((key) => delivered.has(key)),
    )
  }
  await expect
    .poll(async () => (await messages()).map(({status}) => status), {timeout: 30_000})
    .toEqual(acknowledged.map(() => 'success'))
  expect([...new Set(idsIn(receiver))].toSorted()).toEqual(acknowledged.toSorted())
  expect(repeated).toEqual([])
  // One key for each change, however often it was sent; at most one message was on its way at a kill.
  expect(new Set(keys()).size).toBe(acknowledged.length)
  expect(keys().length - acknowledged.length).toBeLessThanOrEqual(6)
}, 120_000)
