/**
 * @module-tag long
 *
 * Tries the record of a hosted project on a second lake that is reached by the names of hosted Sanity
 * and refuses what the free plan refuses: private datasets, more than two of them, and copies. One
 * answer is wrong on purpose, so that the record shows a difference.
 */
import {execFile} from 'node:child_process'
import {mkdtempSync, readFileSync, rmSync} from 'node:fs'
import {
  createServer,
  type IncomingMessage,
  request,
  type Server,
  type ServerResponse,
} from 'node:http'
import {connect} from 'node:net'
import type {AddressInfo} from 'node:net'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import {createLake, type RunningServer, startServer} from '@copydesk/lake'
import {createClient} from '@sanity/client'
import {afterAll, beforeAll, expect, test} from 'vitest'

import {coverageText} from './coverageText.ts'
import {hostedRecordIn} from './recordHosted.ts'

const PROJECT = 'zp7mbokg'
const folder = mkdtempSync(join(tmpdir(), 'second-lake-'))
const lake = createLake({dataDir: join(folder, 'data'), projectId: PROJECT, rateLimits: true})
let server: RunningServer
let plan: Server
let planUrl: string

/** Answers 402 as a project of the free plan does; null for what the plan has. */
const refusalOf = ({method, url = ''}: IncomingMessage, body: string): string | null => {
  if (method !== 'PUT') return null
  if (url.endsWith('/copy')) return 'Copying datasets is not in your current plan.'
  if (!/\/datasets\/[^/]+$/.test(url)) return null
  if (body.includes('"private"')) return 'Private datasets are not in your current plan.'
  const {length} = lake.datasets()
  return length >= 2 ? 'Your current plan allows two datasets.' : null
}

const forward = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
  const chunks: Buffer[] = await incoming.toArray()
  const body = Buffer.concat(chunks)
  const answer = (status: number, content: unknown): void => {
    response.writeHead(status, {'content-type': 'application/json'})
    response.end(JSON.stringify(content))
  }
  const message = refusalOf(incoming, body.toString())
  if (message !== null) return answer(402, {statusCode: 402, error: 'Payment Required', message})
  if (incoming.url?.endsWith('/features')) return answer(200, [])
  const {method, url, headers} = incoming
  const onward = request(new URL(url ?? '/', server.url), {method, headers}, (received) => {
    response.writeHead(received.statusCode ?? 502, received.headers)
    received.pipe(response)
  })
  response.on('close', () => onward.destroy())
  // A lake that refuses a large request closes its connection after the answer.
  onward.on('error', () => {
    if (!response.headersSent) response.destroy()
  })
  onward.end(body)
}

beforeAll(async () => {
  server = await startServer({lake, port: 0})
  plan = createServer((incoming, response) => void forward(incoming, response))
  plan.on('upgrade', ({method, url, rawHeaders}: IncomingMessage, socket, head: Buffer) => {
    const {hostname, port} = new URL(server.url)
    const onward = connect(Number(port), hostname, () => {
      const lines = rawHeaders.map((word, index) => (index % 2 ? `${word}\r\n` : `${word}: `))
      onward.write(`${method} ${url} HTTP/1.1\r\n${lines.join('')}\r\n`)
      onward.write(head)
      onward.pipe(socket)
      socket.pipe(onward)
    })
    onward.on('error', () => socket.destroy())
    socket.on('error', () => onward.destroy())
  })
  await new Promise<void>((ready) => plan.listen(0, '127.0.0.1', ready))
  const {port}: AddressInfo = Object(plan.address())
  planUrl = `http://127.0.0.1:${port}`
})

afterAll(async () => {
  plan.closeAllConnections()
  plan.close()
  await server.close()
  await lake.close()
  rmSync(folder, {recursive: true})
})

/** What a project holds outside the datasets that it had before. */
const inventory = async (): Promise<unknown> => {
  const client = createClient({
    projectId: PROJECT,
    dataset: 'production',
    token: lake.token,
    apiHost: server.url,
    useProjectHostname: false,
    useCdn: false,
    apiVersion: '2026-05-04',
    perspective: 'raw',
  })
  return {
    datasets: await client.datasets.list(),
    documents: await client.fetch('*'),
    origins: await client.request({url: `/projects/${PROJECT}/cors`}),
    webhooks: await client.request({url: `/hooks/projects/${PROJECT}`}),
    settings: await client.request({url: '/users/me/keyvalue'}).catch(() => null),
  }
}

test('runs with a free plan, records the day and each outcome, and leaves nothing behind', async () => {
  const before = await inventory()
  const file = join(folder, 'hosted.json')
  const printed = await new Promise<string>((done) => {
    execFile(
      process.execPath,
      [join(import.meta.dirname, 'writeCoverage.ts'), file],
      {
        env: {
          ...process.env,
          NODE_OPTIONS: `--import ${new URL('hostedNames.ts', import.meta.url).href}`,
          CONFORMANCE_STAND_IN: planUrl,
          CONFORMANCE_TARGET: 'hosted',
          CONFORMANCE_PROJECT_ID: PROJECT,
          CONFORMANCE_TOKEN: lake.token,
        },
      },
      (error, stdout, stderr) => done(`${error?.message ?? ''}\n${stdout}\n${stderr}`),
    )
  })
  expect(await inventory()).toEqual(before)

  const record = hostedRecordIn(JSON.parse(readFileSync(file, 'utf8')))
  expect(record.date).toMatch(/^\d{4}-\d\d-\d\d$/)
  expect(record.results.length).toBeGreaterThan(80)
  expect(record.results.filter(({outcome}) => outcome === 'fails')).toEqual([
    expect.objectContaining({subject: 'GET /projects', feature: 'features'}),
  ])
  expect(printed).toContain('1 failing')
  const refused = record.results.filter(({outcome}) => outcome === 'plan')
  expect([...new Set(refused.map(({subject}) => subject))].toSorted()).toEqual([
    '/datasets',
    '@sanity/export and @sanity/import',
    'GET /data/export',
    'POST /data/mutate',
    'limits',
  ])
  expect(JSON.stringify(record)).not.toContain(lake.token)

  const text = coverageText(record.results, record)
  expect(text).toContain(`| embedded | hosted, ${record.date} |`)
  expect(text).toContain('| GET /data/query | answers with parameters | passes | passes |')
  expect(text).toMatch(/^- GET \/projects, features: \*\*fails\*\*\. `AssertionError: /m)
  expect(text).toMatch(/^- \/datasets, .*: not in the plan\. `.*current plan.*`$/m)
}, 600_000)
