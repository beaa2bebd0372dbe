/**
 * Payload with its SQLite adapter on a free port, without a web framework: `node payloadServer.js FILE`.
 * `run.ts` copies it into the folder where Payload is installed.
 */
import {createServer} from 'node:http'

import {sqliteAdapter} from '@payloadcms/db-sqlite'
import {buildConfig, getPayload, handleEndpoints} from 'payload'

const [file = ''] = process.argv.slice(2)
/** Its own output goes elsewhere: the only line on standard output is the port. */
const print = process.stdout.write.bind(process.stdout)
process.stdout.write = process.stderr.write.bind(process.stderr)
const anyone = () => true
const config = await buildConfig({
  secret: 'bench',
  telemetry: false,
  logger: {options: {level: 'silent'}},
  db: sqliteAdapter({client: {url: `file:${file}`}, wal: true}),
  collections: [
    {
      slug: 'articles',
      access: {read: anyone, create: anyone, update: anyone},
      fields: [
        {name: 'slug', type: 'text', unique: true, index: true},
        {name: 'headline', type: 'text'},
        {name: 'firstPublishedAt', type: 'date', index: true},
        {name: 'body', type: 'json'},
      ],
    },
  ],
})
await getPayload({config, disableOnInit: true})

const bodyOf = async (request) => {
  const parts = []
  for await (const part of request) parts.push(part)
  return Buffer.concat(parts)
}

const server = createServer(async (incoming, outgoing) => {
  const {method = 'GET', url = '', headers} = incoming
  const body = method === 'GET' ? undefined : await bodyOf(incoming)
  const request = new Request(new URL(url, 'http://localhost'), {
    method,
    headers: {'content-type': headers['content-type'] ?? 'application/json'},
    body,
  })
  const response = await handleEndpoints({config, request})
  const bytes = Buffer.from(await response.arrayBuffer())
  outgoing.writeHead(response.status, {
    'content-type': response.headers.get('content-type') ?? 'application/json',
    'content-length': bytes.length,
  })
  outgoing.end(bytes)
})
server.listen(0, '127.0.0.1', () => {
  print(`${JSON.stringify({port: server.address().port})}\n`)
})
process.once('SIGTERM', () => process.exit(0))
