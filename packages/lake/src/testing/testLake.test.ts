import {createClient} from '@sanity/client'
import {expect, test} from 'vitest'

import {startServer} from '../server/index.ts'
import {createTestLake} from './index.ts'

const documents = [
  // Refers to one that comes later.
  {_id: 'post', _type: 'post', title: 'One', author: {_type: 'reference', _ref: 'author'}},
  {_id: 'author', _type: 'person', name: 'Ada'},
]
const QUERY = '*[_type == "post"]{title, "author": author->name}'

test('a test lake has its documents and a client, and reset puts them back', async () => {
  await using lake = await createTestLake({documents})
  const client = createClient(lake.clientConfig)
  expect(await client.fetch(QUERY)).toEqual([{title: 'One', author: 'Ada'}])
  await client.patch('post').set({title: 'Changed'}).commit()
  await client.create({_type: 'post', title: 'Two'})
  await lake.reset()
  expect(await client.fetch(QUERY)).toEqual([{title: 'One', author: 'Ada'}])
})

test('a test lake takes the options of a lake, and can be served', async () => {
  await using lake = await createTestLake({
    documents,
    projectId: undefined,
    datasets: ['production', {name: 'staging', aclMode: 'private'}],
    dataset: 'staging',
    now: () => Date.parse('2026-05-04T12:00:00Z'),
  })
  const server = await startServer({lake, port: 0})
  const {resolveFetch: _, ...config} = lake.clientConfig
  const client = createClient({...config, apiHost: server.url})
  expect(await client.fetch('*[_id == "post"][0]._createdAt')).toBe('2026-05-04T12:00:00.000Z')
  await server.close()
})

test('a document that the lake does not accept is an error with its reason', async () => {
  const dangling = {_type: 'post', author: {_type: 'reference', _ref: 'nobody'}}
  await expect(createTestLake({documents: [dangling]})).rejects.toThrow(
    /not accepted: .*references non-existent document "nobody"/,
  )
})
