/** A slash at the end of `apiHost` puts two slashes before each path. */
import {createReadStream} from 'node:fs'

import {expect, test} from 'vitest'

import {clientOf} from '../http/testClient.ts'
import {createLake} from '../open/createLake.ts'
import {startServer} from './startServer.ts'

test('a slash at the end of apiHost changes nothing for clients', async () => {
  await using lake = createLake()
  const server = await startServer({lake, port: 0})
  try {
    const client = clientOf(lake, `${server.url}/`)
    const events: unknown[] = []
    const listening = client.listen('*', {}, {events: ['welcome', 'mutation']})
    const seen = listening.subscribe((event) => events.push(event.type))
    await expect.poll(() => events).toEqual(['welcome'])
    await client.create({_id: 'a', _type: 'note'})
    await expect.poll(() => events).toEqual(['welcome', 'mutation'])
    seen.unsubscribe()
    expect(await client.fetch('*[_id == "a"]._type')).toEqual(['note'])
    expect(await client.users.getById('me')).toMatchObject({role: 'administrator'})
    const {url} = await client.assets.upload('file', createReadStream(import.meta.filename))
    expect(await (await fetch(url)).text()).toContain('slash at the end')
    expect((await fetch(url.replace('/files/', '//files/'))).status).toBe(200)
  } finally {
    await server.close()
  }
})
