import assert from 'node:assert/strict'
import {readFileSync} from 'node:fs'

/** What a project does with a client: with any version through a server, with 8 without one too. */
import {startServer} from '@copydesk/lake/server'
import {createTestLake} from '@copydesk/lake/testing'
import {createClient} from '@sanity/client'

const {version} = JSON.parse(readFileSync('node_modules/@sanity/client/package.json', 'utf8'))
const lake = await createTestLake({documents: [{_id: 'a', _type: 'post', title: 'One'}]})
const server = await startServer({lake, port: 0})
const {resolveFetch, ...config} = lake.clientConfig

const use = async (client) => {
  assert.deepEqual(await client.fetch('*[_type == "post"].title'), ['One'])
  const changed = new Promise((resolve, reject) => {
    const listening = client.listen('*', {}, {events: ['welcome', 'mutation']}).subscribe({
      next: (event) => {
        if (event.type === 'welcome') {
          client.patch('a').set({title: 'Two'}).commit().catch(reject)
        } else {
          listening.unsubscribe()
          resolve(event.documentId)
        }
      },
      error: reject,
    })
  })
  assert.equal(await changed, 'a')
  const transaction = client.transaction().create({_id: 'b', _type: 'post'}).delete('b')
  await transaction.commit()
  const asset = await client.assets.upload('file', Buffer.from('hello'), {filename: 'a.txt'})
  assert.equal(asset.size, 5)
  await assert.rejects(client.fetch('*['), {statusCode: 400})
  await lake.reset()
}

await use(createClient({...config, apiHost: server.url}))
if (Number.parseInt(version, 10) >= 8) await use(createClient({...config, resolveFetch}))
await server.close()
await lake.close()
process.stdout.write('works\n')
