/**
 * The lake beside Payload with SQLite, measured in turns: `node bench/peers/run.ts`. Payload is
 * installed into a temporary folder, without scripts, so that nothing is compiled or downloaded
 * besides its packages. Strapi is left out: its SQLite driver must be compiled or downloaded.
 */
import {execFileSync} from 'node:child_process'
import {copyFileSync, mkdtempSync, rmSync} from 'node:fs'
import {cpus, tmpdir} from 'node:os'
import {join} from 'node:path'
import {parseArgs} from 'node:util'

import {load, processorTime} from '../load.ts'
import {createNewsroom} from '../newsroom.ts'
import {quantile} from '../timing.ts'
import {type Article, PAGE, type Side, startLake, startPayload} from './sides.ts'

const {values: options} = parseArgs({
  options: {
    articles: {type: 'string', default: '10000'},
    rounds: {type: 'string', default: '3'},
    milliseconds: {type: 'string', default: '3000'},
    'warm-up': {type: 'string', default: '10000'},
  },
})
const rounds = Number(options.rounds)
const milliseconds = Number(options.milliseconds)
const warmUp = Number(options['warm-up'])
const BATCH = 250
/** Writers at once. */
const WRITERS = 8
const PATCHES = 100

const articlesOf = (count: number): Article[] =>
  [...createNewsroom(count).documents()]
    .filter(({_type}) => _type === 'article')
    .map((document, index) => ({
      id: document._id,
      slug: `story-${index}`,
      headline: `Headline ${index}`,
      firstPublishedAt: String(document['firstPublishedAt']),
      body: document['body'],
    }))

/** @returns Articles a second. */
const importAll = async (side: Side, articles: readonly Article[], each: number) => {
  const waiting = Array.from({length: Math.ceil(articles.length / each)}, (_, index) =>
    articles.slice(index * each, (index + 1) * each),
  )
  const started = performance.now()
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) await side.create(next)
  }
  await Promise.all(Array.from({length: WRITERS}, work))
  return (articles.length / (performance.now() - started)) * 1000
}

/** Milliseconds from sending a change until a reader by slug sees it. */
const timeUntilSeen = async (side: Side, article: Article, headline: string): Promise<number> => {
  const started = performance.now()
  await side.changeHeadline(article, headline)
  const url = `http://127.0.0.1:${side.port}${side.bySlug(article.slug)}`
  while (!(await (await fetch(url)).text()).includes(headline));
  return performance.now() - started
}

const print = (what: string, side: Side, result: string): void =>
  console.log(`| ${what} | ${side.name} | ${result} |`)

const spread = (times: readonly number[]): string =>
  `p50 ${quantile(times, 0.5).toFixed(1)} ms, p99 ${quantile(times, 0.99).toFixed(1)} ms`

const measureReads = async (
  folder: string,
  sides: readonly Side[],
  what: string,
  connections: number,
  pathsOf: (side: Side) => readonly string[],
): Promise<void> => {
  const results = sides.map((side) => ({side, lines: new Array<string>()}))
  // The first round is not printed: caches fill, indexes are built, V8 compiles.
  for (let round = 0; round <= rounds; round += 1) {
    for (const {side, lines} of results) {
      const before = processorTime(side.pid)
      const {port} = side
      const {requests, failures, perSecond, p50, p99} = await load(folder, {
        port,
        paths: pathsOf(side),
        connections,
        milliseconds: round === 0 ? warmUp : milliseconds,
      })
      if (failures > 0) throw new Error(`${side.name}: ${failures} requests failed`)
      const cost = (processorTime(side.pid) - before) / requests
      if (round === 0) continue
      lines.push(
        `${Math.round(perSecond)}/s, p50 ${p50.toFixed(2)} ms, p99 ${p99.toFixed(1)} ms, processor ${cost.toFixed(2)} ms`,
      )
    }
  }
  for (const {side, lines} of results) print(what, side, lines.join('; '))
}

const measure = async (folder: string): Promise<void> => {
  const articles = articlesOf(Number(options.articles))
  const half = articles.slice(0, articles.length / 2)
  const size = JSON.stringify(articles[0]).length
  console.log(
    `${articles.length} articles of ${size} bytes, ${PAGE} a page, ${cpus().length} × ${cpus()[0]?.model}, Node ${process.version}\n`,
  )
  console.log('| what | side | measured, round by round |\n| --- | --- | --- |')
  const sides: Side[] = []
  try {
    for (const start of [startLake, startPayload]) {
      const started = performance.now()
      const side = await start(folder)
      sides.push(side)
      await (await fetch(`http://127.0.0.1:${side.port}${side.bySlug('none')}`)).text()
      print(
        'start, empty, to the first answer',
        side,
        `${Math.round(performance.now() - started)} ms`,
      )
    }
    for (const side of sides) {
      const single = await importAll(side, half, 1)
      print(`import, one a request, ${WRITERS} at once`, side, `${Math.round(single)}/s`)
      const each = side.hasBatches ? BATCH : 1
      const batches = await importAll(side, articles.slice(half.length), each)
      print(`import, ${each} a request, ${WRITERS} at once`, side, `${Math.round(batches)}/s`)
    }
    const slugs = (side: Side) => articles.map(({slug}) => side.bySlug(slug))
    await measureReads(folder, sides, 'by slug, 1 connection', 1, slugs)
    await measureReads(folder, sides, 'by slug, 16 connections', 16, slugs)
    const last = Math.floor(articles.length / PAGE)
    const pages = Array.from({length: 50}, (_, index) => last - 150 + index)
    await measureReads(folder, sides, 'pages far down, projection, 4 connections', 4, (side) =>
      pages.map(side.page),
    )
    const times = sides.map((side) => ({side, seen: new Array<number>()}))
    for (let turn = 0; turn < PATCHES; turn += 1) {
      const article = articles[turn * 7]
      for (const {side, seen} of times) {
        if (article) seen.push(await timeUntilSeen(side, article, `Seen ${turn} of ${side.name}`))
      }
    }
    for (const {side, seen} of times) print('patch → seen by slug, 1 client', side, spread(seen))
  } finally {
    for (const side of sides) await side.stop()
  }
}

const folder = mkdtempSync(join(tmpdir(), 'copydesk-peers-'))
try {
  for (const file of ['package.json', 'payloadServer.js']) {
    copyFileSync(join(import.meta.dirname, file), join(folder, file))
  }
  execFileSync('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts'], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  await measure(folder)
} finally {
  rmSync(folder, {recursive: true, force: true})
}
