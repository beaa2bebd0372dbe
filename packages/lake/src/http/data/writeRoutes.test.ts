import {mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import {afterEach, beforeEach, expect, test} from 'vitest'

import {createLake} from '../../open/createLake.ts'
import {startServer} from '../../server/startServer.ts'
import {clientOf} from '../testClient.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lake-edit-'))
})
afterEach(() => rmSync(folder, {recursive: true}))

/** A lake in the folder, and a client that calls itself what the Studio does. */
const serve = async () => {
  const lake = createLake({dataDir: folder})
  const server = await startServer({lake, port: 0})
  const client = clientOf(lake, server.url, {requestTagPrefix: 'sanity.studio'})
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
  return {client, edit, close}
}

test('an edit that a Studio sends again is news that changes nothing', async () => {
  const first = await serve()
  await first.client.create({_id: 'a', _type: 'n', title: 'one'})
  await first.edit('first')
  await first.close()

  const again = await serve()
  const received: unknown[] = []
  const subscription = again.client
    .listen('*', {}, {includeAllVersions: true, events: ['welcome', 'mutation']})
    .subscribe((event) =>
      received.push(event.type === 'mutation' ? event.transactionId : event.type),
    )
  await expect.poll(() => received).toEqual(['welcome'])
  expect(await again.edit('second')).toEqual({transactionId: 'second'})
  await expect.poll(() => received).toEqual(['welcome', 'second', expect.any(String)])
  expect(await again.client.getDocument('drafts.a')).toMatchObject({
    title: 'ones',
    _rev: received[2],
  })
  // What others send twice is done twice.
  await again.edit('third', 'script')
  expect(await again.client.getDocument('drafts.a')).toMatchObject({title: 'oness', _rev: 'third'})
  subscription.unsubscribe()
  await again.close()
})
