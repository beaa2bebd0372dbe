import {
  complaintAbout,
  readOfficialSuite,
  type SuiteAnswer,
  type SuiteTest,
} from '@copydesk/groq/testing'
import {afterAll, beforeAll, describe, expect, it} from 'vitest'

import {isJsonObject, type Json} from '../core/document.ts'
import {type Lake, openLake} from '../open/createLake.ts'
import {type RunningServer, startServer} from './startServer.ts'

/** The official GROQ suite as a client meets it: documents are written and queries asked by HTTP. */
const {isPresent, size, applicable, documents} = readOfficialSuite()

const API = 'v2025-02-19/data'
const DATASET = 'production'
const MUTATIONS_A_CALL = 500
const REQUESTS_AT_ONCE = 16
/** Two thirds of the tests are about one dataset. */
const TIME_FOR_A_DATASET = 300_000
/** Longer queries are posted, as the official client does. */
const LONGEST_GET = 11_264
/** What the lake gives every document, and the suite's documents do not have. */
const SYSTEM_FIELDS = ['_createdAt', '_updatedAt', '_rev']

let lake: Lake
let server: RunningServer

const call = (path: string, body?: unknown): Promise<Response> =>
  fetch(`${server.url}/${API}/${path}`, {
    headers: {authorization: `Bearer ${lake.token}`, 'content-type': 'application/json'},
    ...(body !== undefined && {method: 'POST', body: JSON.stringify(body)}),
  })

/** Empties the dataset and writes the documents of another one into it. */
const load = async (dataset: string): Promise<void> => {
  await lake.reset(DATASET)
  const mutations = documents(dataset).map((document) => ({createOrReplace: document}))
  for (let at = 0; at < mutations.length; at += MUTATIONS_A_CALL) {
    const body = {mutations: mutations.slice(at, at + MUTATIONS_A_CALL)}
    const response = await call(`mutate/${DATASET}`, body)
    if (!response.ok) throw new Error(`mutate: ${response.status} ${await response.text()}`)
  }
}

const ask = ({query, params}: SuiteTest): Promise<Response> => {
  const search = new URLSearchParams({query, perspective: 'raw'})
  for (const [name, value] of Object.entries(params ?? {})) {
    search.set(`$${name}`, JSON.stringify(value))
  }
  return `${search}`.length > LONGEST_GET
    ? call(`query/${DATASET}?perspective=raw`, {query, params: params ?? {}})
    : call(`query/${DATASET}?${search}`)
}

const answerTo = async (test: SuiteTest): Promise<SuiteAnswer> => {
  const response = await ask(test)
  if (response.status >= 500) {
    throw new Error(`${test.query}: ${response.status} ${await response.text()}`)
  }
  const body = await response.json()
  return response.ok
    ? {result: withoutSystemFields(body.result, test.result)}
    : {refused: JSON.stringify(body)}
}

/** The result without the fields that only the lake gives, wherever the expectation lacks them. */
const withoutSystemFields = (result: Json, expected: Json): Json => {
  if (Array.isArray(result)) {
    if (!Array.isArray(expected)) return result
    return result.map((element, at) => withoutSystemFields(element, expected[at] ?? null))
  }
  if (!isJsonObject(result) || !isJsonObject(expected)) return result
  return Object.fromEntries(
    Object.entries(result)
      .filter(([name]) => Object.hasOwn(expected, name) || !SYSTEM_FIELDS.includes(name))
      .map(([name, value]) => [name, withoutSystemFields(value, expected[name] ?? null)]),
  )
}

const complaintsAbout = async (tests: readonly SuiteTest[]): Promise<readonly string[]> => {
  const complaints: string[] = []
  const waiting = tests.values()
  const answerWaiting = async () => {
    for (const test of waiting) {
      const complaint = complaintAbout(test, await answerTo(test))
      if (complaint !== undefined) complaints.push(complaint)
    }
  }
  await Promise.all(Array.from({length: REQUESTS_AT_ONCE}, answerWaiting))
  return complaints
}

const everyNth = (n: number): readonly SuiteTest[] =>
  applicable.filter((_, index) => index % n === 0)

/**
 * One in ten for every change, since each is a request; the engine alone answers all of them. The
 * lake answers the same without its optimisations.
 */
const SAMPLES = [
  ['one in ten', everyNth(10), true, []],
  ['one in a hundred, without optimisations', everyNth(100), false, []],
  ['all', applicable, true, ['long']],
  ['all, without optimisations', applicable, false, ['long']],
] as const

for (const [which, tests, fast, tags] of SAMPLES) {
  describe.runIf(isPresent)(
    `official suite through HTTP, ${which}: ${tests.length} of ${size} tests`,
    {tags: [...tags]},
    () => {
      beforeAll(async () => {
        lake = openLake({datasets: [DATASET]}, fast)
        server = await startServer({lake, port: 0})
      })
      afterAll(async () => {
        await server.close()
        await lake.close()
      })

      it.each([...Map.groupBy(tests, ({dataset}) => dataset._ref)])(
        'dataset %s',
        async (dataset, its) => {
          await load(dataset)
          expect(await complaintsAbout(its)).toEqual([])
        },
        TIME_FOR_A_DATASET,
      )
    },
  )
}

const title = isPresent ? 'is there' : 'SKIPPED, for it does not lie beside the checkout'

it(`official suite through HTTP: ${title}`, () => {
  expect(applicable.length > 0).toBe(isPresent)
})
