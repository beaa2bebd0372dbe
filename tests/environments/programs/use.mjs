import assert from 'node:assert/strict'
import {mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

/** A lake in a folder, behind a server, with work for its threads; then one in memory. */
import {createLake} from '@copydesk/lake'
import {startServer} from '@copydesk/lake/server'
import {createTestLake} from '@copydesk/lake/testing'

const folder = mkdtempSync(join(tmpdir(), 'lake-use-'))
const lake = createLake({dataDir: join(folder, 'data')})
const server = await startServer({lake, port: 0})
const ask = async (path, init) => {
  const headers = {authorization: `Bearer ${lake.token}`}
  const response = await fetch(`${server.url}/v2025-02-19${path}`, {...init, headers})
  return response.json()
}
const mutations = Array.from({length: 3000}, (_, n) => ({
  create: {_type: 'x', n, t: 'word '.repeat(40)},
}))
const written = await ask('/data/mutate/production', {
  method: 'POST',
  body: JSON.stringify({mutations}),
})
assert.equal(typeof written.transactionId, 'string')
const query =
  'count(*[_type == "x" && string::lower(t) match "wor*" && count(string::split(t, " ")) > 30])'
const counted = await ask(`/data/query/production?query=${encodeURIComponent(query)}`)
assert.equal(counted.result, 3000)
await lake.snapshot(join(folder, 'snapshot'))
await server.close()
await lake.close()

const small = await createTestLake({documents: [{_id: 'a', _type: 'post'}]})
const response = await small.fetch(
  new Request('http://localhost/v2025-02-19/data/query/production?query=count(*)'),
)
assert.equal((await response.json()).result, 1)
await small.close()
rmSync(folder, {recursive: true})
process.stdout.write('works\n')
