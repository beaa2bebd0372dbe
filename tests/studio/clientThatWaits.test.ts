/** The Studio's client while its lake is away: what waits, and what fails at once. */
import {createLake, type Lake, startServer} from '@copydesk/lake'
import type {SanityClient} from '@sanity/client'
import {expect, test} from 'vitest'

import {clientThatWaits} from '../../studio/clientThatWaits.ts'

/** A port at which nothing listens. */
const freePort = async (lake: Lake): Promise<number> => {
  const server = await startServer({lake, port: 0})
  await server.close()
  return server.port
}

const connect = (port: number, {projectId, token}: {projectId: string; token: string}) =>
  clientThatWaits({
    projectId,
    token,
    dataset: 'production',
    apiHost: `http://127.0.0.1:${port}`,
    useProjectHostname: false,
    useCdn: false,
    apiVersion: '2025-02-19',
    maxRetries: 0,
  })

/** As the Studio sends what is typed. */
const save = (client: SanityClient, tag: string) =>
  client
    .withConfig({requestTagPrefix: 'sanity.studio'})
    .transaction()
    .createOrReplace({_id: 'a', _type: 'article', headline: 'typed'})
    .commit({tag, transactionId: `by-${tag}`})

test('a read and a save get their response when the lake is there; other writes fail', async () => {
  await using lake = createLake()
  const port = await freePort(lake)
  const client = connect(port, lake)
  const saved = save(client, 'document.commit')
  const read = client.fetch('1 + 1')
  await expect(save(client, 'document.publish')).rejects.toThrow('fetch failed')
  const server = await startServer({lake, port})
  expect(await read).toBe(2)
  expect(await saved).toMatchObject({transactionId: 'by-document.commit'})
  expect(await client.getDocument('a')).toMatchObject({headline: 'typed'})
  await server.close()
})

test('a read that nobody waits for any more ends', async () => {
  await using lake = createLake()
  const stop = new AbortController()
  const read = connect(await freePort(lake), lake).fetch('1', {}, {signal: stop.signal})
  setTimeout(() => stop.abort(), 50)
  await expect(read).rejects.toThrow('abort')
})
