/** Room spec: what GROQ must do, for tests. This file: reads the official test suite and judges answers. */
import {existsSync, readFileSync} from 'node:fs'
import {resolve} from 'node:path'
import {isDeepStrictEqual} from 'node:util'
import {gunzipSync} from 'node:zlib'

import {type Json, type JsonObject, isJsonObject, type StoredDocument} from '../core/document.ts'

/**
 * The official GROQ test suite, where it is beside the checkout: read once, and judged by the
 * same rules, for the engine alone and for the whole lake.
 */
const file = resolve(import.meta.dirname, '../../../../../shared/groq-test-suite/part.ndjson.gz')

interface SuiteDataset {
  readonly _id: string
  readonly _type: 'dataset'
  readonly url?: string
  readonly documents?: readonly StoredDocument[]
}

export interface SuiteTest {
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

export interface OfficialSuite {
  /** False where the file is not there: then there are no tests. */
  readonly isPresent: boolean
  /** How many tests the file has. */
  readonly size: number
  /** All but those of the historic version 0.1 and those whose documents are a download. */
  readonly applicable: readonly SuiteTest[]
  /** The documents of a test, by the id of its dataset. */
  documents(dataset: string): readonly StoredDocument[]
}

export const readOfficialSuite = (): OfficialSuite => {
  const isPresent = existsSync(file)
  const lines = isPresent ? readLines() : []
  const datasets = new Map(
    lines.flatMap((line) => (line._type === 'dataset' ? [[line._id, line]] : [])),
  )
  const tests = lines.filter((line) => line._type === 'test')
  return {
    isPresent,
    size: tests.length,
    applicable: tests.filter(({version, dataset}) => {
      const {documents, url = ''} = datasets.get(dataset._ref) ?? {}
      return version !== '0.1' && (documents !== undefined || !url.startsWith('https:'))
    }),
    documents: (dataset) => datasets.get(dataset)?.documents ?? [],
  }
}

const readLines = (): readonly (SuiteDataset | SuiteTest)[] =>
  gunzipSync(readFileSync(file))
    .toString()
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))

/** The answer of an engine to a test. */
export type SuiteAnswer = {readonly result: Json} | {readonly refused: string}

/** What is wrong with an answer; undefined when it is right. */
export const complaintAbout = (test: SuiteTest, answer: SuiteAnswer): string | undefined => {
  const isRight =
    'refused' in answer
      ? !test.valid
      : test.valid &&
        [answer.result, withRanks(answer.result)].some((shape) =>
          isDeepStrictEqual(shape, test.result),
        )
  if (isRight) return undefined
  const given = 'refused' in answer ? answer.refused : JSON.stringify(answer.result)
  const expected = test.valid ? JSON.stringify(test.result) : 'a refusal'
  return `${test.filename}, ${test.name}: ${test.query}\n  ${given}\n  expected ${expected}`
}

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
