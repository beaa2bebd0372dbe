import {existsSync, readFileSync} from 'node:fs'
import {resolve} from 'node:path'
import {isDeepStrictEqual} from 'node:util'
import {gunzipSync} from 'node:zlib'

import {describe, expect, it} from 'vitest'

import {type Json, type JsonObject, isJsonObject, type StoredDocument} from '../document.ts'
import {memorySource} from './memorySource.ts'
import {prepareQuery, runQuery} from './query.ts'

/** The official GROQ test suite, where it lies beside the checkout. */
const file = resolve(import.meta.dirname, '../../../../shared/groq-test-suite/part.ndjson.gz')

interface Dataset {
  readonly _id: string
  readonly _type: 'dataset'
  readonly url?: string
  readonly documents?: readonly StoredDocument[]
}

interface SuiteTest {
  readonly _type: 'test'
  readonly name: string
  readonly filename: string
  readonly query: string
  readonly params: JsonObject | null
  readonly version?: string
  readonly valid: boolean
  readonly result: Json
  readonly dataset: {readonly _ref: string}
}

const read = (): readonly (Dataset | SuiteTest)[] =>
  gunzipSync(readFileSync(file))
    .toString()
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))

/** Expected scores are given as ranks: equal scores share one. */
const withRanks = (result: Json): Json => {
  if (!Array.isArray(result)) return result
  const scores = result.map((element) => (isJsonObject(element) ? element['_score'] : undefined))
  const ranks = [...new Set(scores)].toSorted((a, b) => Number(b) - Number(a))
  return result.map((element, index) => {
    if (!isJsonObject(element) || scores[index] === undefined) return element
    const {_score, ...rest} = element
    return {...rest, _pos: ranks.indexOf(_score) + 1}
  })
}

const outcome = (test: SuiteTest, documents: readonly StoredDocument[]): string | undefined => {
  const params = test.params ?? {}
  let result: Json
  try {
    const source = memorySource(documents)
    const {value} = runQuery(prepareQuery(test.query, params), {source, params, identity: 'me'})
    result = JSON.parse(JSON.stringify(value))
  } catch (error) {
    return test.valid ? `${test.name}: ${test.query}\n  ${String(error)}` : undefined
  }
  const right =
    test.valid && [result, withRanks(result)].some((shape) => isDeepStrictEqual(shape, test.result))
  if (right) return undefined
  const expected = test.valid ? JSON.stringify(test.result) : 'a refusal'
  return `${test.name}: ${test.query}\n  ${JSON.stringify(result)}\n  expected ${expected}`
}

const present = existsSync(file)
const lines = present ? read() : []
const datasets = new Map(
  lines.flatMap((line) => (line._type === 'dataset' ? [[line._id, line]] : [])),
)
const tests = lines.filter((line) => line._type === 'test')
/** All but those of the historic version 0.1 and those whose documents are a download. */
const applicable = tests.filter(({version, dataset}) => {
  const {documents, url = ''} = datasets.get(dataset._ref) ?? {}
  return version !== '0.1' && (documents !== undefined || !url.startsWith('https:'))
})

describe.runIf(present)(
  `official suite: ${applicable.length} of ${tests.length} tests apply`,
  () => {
    it.each([...Map.groupBy(applicable, ({filename}) => filename)])('%s', (_, group) => {
      const failures = group.flatMap((test) => {
        const documents = datasets.get(test.dataset._ref)?.documents ?? []
        return outcome(test, documents) ?? []
      })
      expect(failures).toEqual([])
    })
  },
)

const title = present ? 'is there' : 'SKIPPED, for it does not lie beside the checkout'

it(`official suite: ${title}`, () => {
  expect(applicable.length > 0).toBe(existsSync(file))
})
