/**
 * What a browser's listeners cost, by how they reach the lake: redirected to a host of their own, as
 * in a Studio; at the page's own host, without a redirect; and at another host from the start. Prints,
 * for 1 to 12 listeners of one page, the requests and the time until each has its first event.
 *
 *   node bench/listeners.ts [--rounds 5]
 */
import {parseArgs} from 'node:util'

import {createLake, logEvents, startServer} from '@copydesk/lake'
import {type Browser, chromium} from 'playwright-core'

import {findChromium} from '../tests/browser/findChromium.ts'
import {quantile} from './timing.ts'

const {values} = parseArgs({options: {rounds: {type: 'string', default: '5'}}})
const rounds = Number(values.rounds)
const COUNTS = [1, 2, 4, 6, 7, 8, 12]
/** How long a listener may take, in milliseconds, before it counts as never connected. */
const PATIENCE = 3000

interface Way {
  readonly name: string
  readonly page: string
  /** Where listener number `n` connects first. */
  readonly host: (n: number) => string
}

const WAYS: readonly Way[] = [
  {name: 'redirected', page: 'copydesk.localhost', host: () => 'copydesk.localhost'},
  // Only names below localhost are redirected, so here nothing is.
  {name: 'own host', page: '127.0.0.1', host: () => '127.0.0.1'},
  {name: 'other host', page: 'copydesk.localhost', host: (n) => `l${n + 1}.localhost`},
]

interface Outcome {
  readonly requests: number
  readonly connected: number
  /** Milliseconds until the last one that connected had its first event. */
  readonly last: number
}

await using lake = createLake()
const server = await startServer({lake, port: 0})
let requests = 0
logEvents((line) => {
  if (line.includes('/data/listen/')) requests += 1
})

/** Runs in the page: opens listeners as the client does, with a token in a header. */
const listen = async ({
  urls,
  token,
  patience,
}: {
  urls: string[]
  token: string
  patience: number
}) => {
  const leaving = new AbortController()
  const begin = performance.now()
  const times = await Promise.all(
    urls.map(async (url) => {
      const late = new Promise<null>((resolve) => setTimeout(() => resolve(null), patience))
      const first = async (): Promise<number> => {
        const headers = {authorization: `Bearer ${token}`, accept: 'text/event-stream'}
        const response = await fetch(url, {headers, signal: leaving.signal})
        await response.body?.getReader().read()
        return performance.now() - begin
      }
      return Promise.race([first().catch(() => null), late])
    }),
  )
  leaving.abort()
  return times
}

const measure = async (browser: Browser, way: Way, count: number): Promise<Outcome> => {
  const context = await browser.newContext()
  try {
    const page = await context.newPage()
    await page.goto(`http://${way.page}:${server.port}/v1/ping`)
    requests = 0
    const urls = Array.from({length: count}, (_, n) => {
      const query = encodeURIComponent(`*[_id == "${n}"]`)
      const path = `/v2025-02-19/data/listen/production?query=${query}`
      return `http://${way.host(n)}:${server.port}${path}`
    })
    const times = await page.evaluate(listen, {urls, token: lake.token, patience: PATIENCE})
    const connected = times.filter((time) => time !== null)
    await context.close()
    // The lake counts a request when it has ended.
    await new Promise((resolve) => setTimeout(resolve, 100))
    return {requests, connected: connected.length, last: Math.max(...connected)}
  } finally {
    await context.close()
  }
}

const browser = await chromium.launch({executablePath: findChromium(process.env) ?? ''})
try {
  for (const count of COUNTS) {
    const outcomes = new Map<string, Outcome[]>(WAYS.map(({name}) => [name, []]))
    for (let round = 0; round < rounds; round += 1) {
      for (const way of WAYS) outcomes.get(way.name)?.push(await measure(browser, way, count))
    }
    for (const [name, all] of outcomes) {
      const figures = {
        requests: quantile(
          all.map((outcome) => outcome.requests),
          0.5,
        ),
        connected: Math.min(...all.map(({connected}) => connected)),
        last: quantile(
          all.map(({last}) => last),
          0.5,
        ),
      }
      console.log(
        `${String(count).padStart(2)} listeners, ${name.padEnd(10)}: ${figures.requests} requests, ` +
          `${figures.connected} connected, the last after ${figures.last.toFixed(0)} ms`,
      )
    }
  }
} finally {
  await browser.close()
  await server.close()
}
