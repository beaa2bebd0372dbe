/**
 * A dataset whose file is damaged, gone or empty: it alone is answered with 503 and the reason, in a
 * lake that runs or starts, and all others go on. Over HTTP, on real files.
 */
import {
  closeSync,
  existsSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {setTimeout as wait} from 'node:timers/promises'

import {afterEach, beforeEach, describe, expect, test} from 'vitest'

import {isJsonObject, type JsonObject} from '../core/document.ts'
import {createLake, type Lake} from '../open/createLake.ts'
import {type RunningServer, startServer} from '../server/startServer.ts'

let dataDir: string
let lake: Lake | undefined
let server: RunningServer | undefined
let failures: unknown[]

const start = async (): Promise<void> => {
  lake = createLake({
    dataDir,
    datasets: ['good', 'bad', 'other'],
    onError: (error) => failures.push(error),
  })
  server = await startServer({lake, port: 0})
}
const stop = async (): Promise<void> => {
  await server?.close()
  await lake?.close()
  server = undefined
  lake = undefined
}
beforeEach(() => {
  dataDir = join(mkdtempSync(join(tmpdir(), 'lake-damage-')), 'data')
  failures = []
})
afterEach(async () => {
  await stop()
  rmSync(join(dataDir, '..'), {recursive: true})
})

const fileOf = (name: string): string => join(dataDir, 'datasets', name, 'documents.sqlite')

interface Answer {
  readonly status: number
  readonly body: JsonObject
}

const ask = async (method: string, path: string, body?: object): Promise<Answer> => {
  const response = await fetch(`${server?.url}/v2025-02-19${path}`, {
    method,
    headers: {authorization: `Bearer ${lake?.token}`},
    ...(body !== undefined && {body: JSON.stringify(body)}),
  })
  const answer: unknown = await response.json()
  return {status: response.status, body: isJsonObject(answer) ? answer : {}}
}

const write = (name: string, mutations: readonly object[]): Promise<Answer> =>
  ask('POST', `/data/mutate/${name}`, {mutations})
const count = (name: string): Promise<Answer> =>
  ask('GET', `/data/query/${name}?query=${encodeURIComponent('count(*[_type == "t"])')}`)

const query = (filter: string): Promise<Answer> =>
  ask('GET', `/data/query/bad?query=${encodeURIComponent(`*[${filter}]{text}`)}`)

const create = (id: string, text = ''): object => ({create: {_id: id, _type: 't', text}})

/** Three datasets with a document each. */
const fill = async (): Promise<void> => {
  await start()
  for (const name of ['good', 'bad', 'other']) await write(name, [create('a')])
  await stop()
}

/** Writes nonsense over the file, from a place on. */
const scribble = (path: string, from: number): void => {
  const file = openSync(path, 'r+')
  const {size} = statSync(path)
  writeSync(file, Buffer.alloc(size - from, 0x5a), 0, size - from, from)
  closeSync(file)
}

const expectOthersToWork = async (): Promise<void> => {
  for (const name of ['good', 'other']) {
    expect((await write(name, [{createIfNotExists: {_id: 'b', _type: 't'}}])).status).toBe(200)
    expect(await count(name)).toMatchObject({status: 200, body: {result: 2}})
  }
}

describe('a lake that starts with a dataset', () => {
  test.each<[string, RegExp, () => void]>([
    ['that is not a database', /"bad" is damaged/, () => scribble(fileOf('bad'), 0)],
    ['that is empty', /"bad" is empty/, () => truncateSync(fileOf('bad'))],
    ['whose file is missing', /"bad" is missing/, () => rmSync(fileOf('bad'))],
    [
      'whose folder is missing',
      /"bad" is missing/,
      () => rmSync(join(dataDir, 'datasets', 'bad'), {recursive: true}),
    ],
  ])('%s responds with 503 for it, and serves the others', async (_, reason, damage) => {
    await fill()
    damage()
    await start()
    for (const answer of [await count('bad'), await write('bad', [create('c')])]) {
      expect(answer).toMatchObject({status: 503, body: {statusCode: 503}})
      expect(answer.body['message']).toMatch(reason)
      expect(answer.body['message']).not.toContain(dataDir)
    }
    expect(failures.length).toBeGreaterThan(0)
    await expectOthersToWork()
    // What is damaged is left for who wants to rescue it, until it is reset.
    await lake?.reset('bad')
    expect(await count('bad')).toMatchObject({status: 200, body: {result: 0}})
    await stop()
    await start()
    expect((await write('bad', [create('c')])).status).toBe(200)
  })

  test('that an earlier lake listed and never used makes its file', async () => {
    await fill()
    const path = join(dataDir, 'project.json')
    const text = readFileSync(path, 'utf8')
    expect(text).toContain('"hasFile": true')
    writeFileSync(path, text.replaceAll(/,\s*"hasFile": true/g, ''))
    rmSync(join(dataDir, 'datasets', 'bad'), {recursive: true})
    await start()
    expect(failures).toEqual([])
    expect(await count('bad')).toMatchObject({status: 200, body: {result: 0}})
    expect(readFileSync(path, 'utf8').match(/"hasFile": true/g)).toHaveLength(3)
    await expectOthersToWork()
  })

  test('and without the project’s file says so, and changes nothing', async () => {
    await fill()
    const path = join(dataDir, 'project.json')
    rmSync(path)
    await expect(start()).rejects.toThrow(
      /project\.json is missing, but .* contains datasets \(bad, good, other\)\. Restore the file/,
    )
    expect(existsSync(path)).toBe(false)
    // Nor is the folder kept.
    await expect(start()).rejects.toThrow(/is missing/)
  })
})

describe('a lake that runs', () => {
  const text = 'x'.repeat(10_000)
  const many = (name: string, count: number): object[] =>
    Array.from({length: count}, (_, n) => create(`${name}${n}`, text))
  // What may take seconds is not tried in the serving thread.
  const FAR = 'geo::distance(geo::latLng(1, 2), geo::latLng(3, 4)) > 0'

  test.each<[string, () => Promise<Answer>]>([
    ['a reader', () => query('_type == "t"')],
    ['the thread for long queries', () => query(`_type == "t" && ${FAR}`)],
    ['the thread for large writes', () => write('bad', many('new', 300))],
  ])('puts aside a dataset of which %s finds pages damaged', async (_, meet) => {
    await start()
    for (const name of ['good', 'bad', 'other']) await write(name, [create('a')])
    for (const part of ['p', 'q', 'r']) await write('bad', many(part, 200))
    await stop()
    await start()
    // Behind the schema, which is in memory by now.
    scribble(fileOf('bad'), 40_960)
    expect((await meet()).status).toBe(503)
    await wait(20)
    const answer = await count('bad')
    expect(answer.status).toBe(503)
    expect(answer.body['message']).toMatch(/"bad" is damaged/)
    expect((await write('bad', [create('c')])).status).toBe(503)
    expect(failures.length).toBeGreaterThan(0)
    await expectOthersToWork()
  })
})
