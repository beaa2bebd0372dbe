/** Runs the conformance suite in a process of its own, and reads what it found out. */
import {spawn} from 'node:child_process'
import {mkdtempSync, readFileSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {stripVTControlCharacters} from 'node:util'

import {isRecord} from './isRecord.ts'

/** One test, by the titles that `docs/coverage.md` shows. */
export interface Result {
  /** The endpoint or tool: the title of a `describe`. */
  readonly subject: string
  readonly feature: string
  /** `plan`: a hosted project refused it, because its plan does not have it. */
  readonly outcome: 'passes' | 'fails' | 'plan'
  /** The first line of the failure, null for a test that passes. */
  readonly reason: string | null
}

const ROOT = join(import.meta.dirname, '..', '..')

/** @param environment Variables for the tests, beside those of this process. */
export const runSuite = async (
  environment: Readonly<Record<string, string>>,
  options: readonly string[] = [],
): Promise<Result[]> => {
  const folder = mkdtempSync(join(tmpdir(), 'coverage-'))
  const file = join(folder, 'results.json')
  const vitest = join(ROOT, 'node_modules', 'vitest', 'vitest.mjs')
  const child = spawn(
    process.execPath,
    [vitest, 'run', 'conformance.test', '--reporter=json', `--outputFile=${file}`, ...options],
    {cwd: ROOT, stdio: ['ignore', 'ignore', 'inherit'], env: {...process.env, ...environment}},
  )
  try {
    await new Promise((done, fail) => child.once('error', fail).once('exit', done))
    return resultsIn(JSON.parse(readFileSync(file, 'utf8')))
  } finally {
    rmSync(folder, {recursive: true})
  }
}

const listIn = (value: unknown, name: string): readonly unknown[] => {
  const list = isRecord(value) ? value[name] : undefined
  return Array.isArray(list) ? list : []
}

const resultsIn = (report: unknown): Result[] =>
  listIn(report, 'testResults')
    .flatMap((file) =>
      listIn(file, 'assertionResults').map((test) => resultOf(test, messageOf(file))),
    )
    .toSorted((a, b) => (a.subject < b.subject ? -1 : a.subject > b.subject ? 1 : 0))

/** Why the tests of a file could not start, or an empty string. */
const messageOf = (file: unknown): string => (isRecord(file) ? String(file['message'] ?? '') : '')

const resultOf = (test: unknown, fileMessage: string): Result => {
  if (!isRecord(test)) throw new Error('The report of Vitest has an unknown format.')
  const subject = String(listIn(test, 'ancestorTitles')[0])
  const feature = String(test['title'])
  if (test['status'] === 'passed') return {subject, feature, outcome: 'passes', reason: null}
  const failure = [...listIn(test, 'failureMessages'), fileMessage].map(String).join('\n')
  return {subject, feature, outcome: outcomeOf(failure), reason: firstLine(failure)}
}

/** How hosted Sanity refuses what a plan does not have; the documentation names no other sign. */
const PLAN = /\b402\b|payment required|\b(?:your|current|this) plan\b|\bupgrade\b|\bquota\b/i

const outcomeOf = (failure: string): Result['outcome'] => (PLAN.test(failure) ? 'plan' : 'fails')

const firstLine = (failure: string): string => {
  const lines = stripVTControlCharacters(failure)
    .split('\n')
    .map((line) => line.trim())
  return lines.find((line) => line !== '') ?? 'It was not run.'
}
