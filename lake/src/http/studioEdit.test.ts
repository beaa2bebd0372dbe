import {mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import {createClient, type ListenEvent} from '@sanity/client'
import {afterEach, beforeEach, expect, test} from 'vitest'

import {createLake} from '../lake.ts'
import {startServer} from '../server/startServer.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lake-edit-'))
})
afterEach(() => rmSync(folder, {recursive: true}))

/** A lake in the folder, and a client that calls itself what the Studio does. */
const serve = async (port = 0) => {
  const lake = createLake({dataDir: folder})
  const server = await startServer({lake, port})
  const client = createClient({
    projectId: lake.projectId,
    dataset: 'production',
    apiHost: server.url,
    useProjectHostname: false,
    useCdn: false,
    apiVersion: '2025-02-19',
    token: lake.token,
    requestTagPrefix: 'sanity.studio',
  })
  const edit = (transactionId: string, tag = 'document.commit') =>
    client.action(
      {
        actionType: 'sanity.action.document.edit',
        draftId: 'drafts.a',
        publishedId: 'a',
        patch: {diffMatchPatch: {title: '@@ -1,3 +1,4 @@\n one\n+s\n'}},
      },
      {transactionId, tag},
    )
  const close = async () => {
    await server.close()
    await lake.close()
  }
  return {client, edit, close, port: Number(new URL(server.url).port)}
}

/** Events of a listener that goes on from where it was, as a Studio's does. */
const eventsOf = (client: ReturnType<typeof createClient>) => {
  const events: string[] = []
  const subscription = client
    .listen(
      '*',
      {},
      {
        enableResume: true,
        includeAllVersions: true,
        events: ['welcome', 'welcomeback', 'reconnect', 'reset', 'mutation'],
      },
    )
    .subscribe((event: ListenEvent<Record<string, unknown>>) => void events.push(event.type))
  return {events, stop: () => subscription.unsubscribe()}
}

test('a Studio that sends an edit again is told to read the document anew', async () => {
  const first = await serve()
  await first.client.create({_id: 'a', _type: 'n', title: 'one'})
  await first.edit('first')
  await first.close()

  const again = await serve()
  const listener = eventsOf(again.client)
  await expect.poll(() => listener.events).toEqual(['welcome'])
  expect(await again.edit('second')).toEqual({transactionId: 'second'})
  await expect.poll(() => listener.events).toEqual(['welcome', 'reset'])
  expect(await again.client.getDocument('drafts.a')).toMatchObject({title: 'ones', _rev: 'first'})
  // What others send twice is done twice, and is news.
  await again.edit('third', 'script')
  await expect.poll(() => listener.events).toEqual(['welcome', 'reset', 'mutation'])
  listener.stop()
  await again.close()
})

test('and so is one that comes back to listening after that', async () => {
  const first = await serve()
  await first.client.create({_id: 'a', _type: 'n', title: 'one'})
  const listener = eventsOf(first.client)
  await expect.poll(() => listener.events).toEqual(['welcome'])
  await first.edit('first')
  await expect.poll(() => listener.events).toEqual(['welcome', 'mutation'])
  await first.close()
  await expect.poll(() => listener.events).toContain('reconnect')

  const again = await serve(first.port)
  await again.edit('second')
  await expect.poll(() => listener.events.at(-1), {timeout: 10_000}).toBe('reset')
  listener.stop()
  await again.close()
})
