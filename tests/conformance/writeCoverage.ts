import {spawnSync} from 'node:child_process'
import {existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import {isRecord} from './isRecord.ts'
import {routeRows} from './routeRows.ts'

/**
 * Runs the conformance suite and writes `docs/coverage.md`: what the lake implements, what this
 * suite tests, and what was run against a hosted project.
 *
 *     node tests/conformance/writeCoverage.ts
 *     CONFORMANCE_TARGET=hosted CONFORMANCE_PROJECT_ID=… node tests/conformance/writeCoverage.ts
 *
 * A hosted run is recorded in `tests/conformance/hosted.json`, which later runs read.
 */
interface Result {
  /** The endpoint or tool: the title of a `describe`. */
  readonly subject: string
  readonly feature: string
  readonly passed: boolean
}

const ROOT = join(import.meta.dirname, '..', '..')
const HOSTED = join(import.meta.dirname, 'hosted.json')
const isHosted = process.env['CONFORMANCE_TARGET'] === 'hosted'

const runSuite = (): Result[] => {
  const folder = mkdtempSync(join(tmpdir(), 'coverage-'))
  const outputFile = join(folder, 'results.json')
  const vitest = join(ROOT, 'node_modules', 'vitest', 'vitest.mjs')
  spawnSync(
    process.execPath,
    [vitest, 'run', 'conformance.test', '--reporter=json', `--outputFile=${outputFile}`],
    {cwd: ROOT, stdio: ['ignore', 'ignore', 'inherit']},
  )
  try {
    return resultsIn(JSON.parse(readFileSync(outputFile, 'utf8')))
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
    .flatMap((file) => listIn(file, 'assertionResults'))
    .map((test) => {
      if (!isRecord(test)) throw new Error('vitest’s report has an unknown format')
      const {title, status} = test
      return {
        subject: String(listIn(test, 'ancestorTitles')[0]),
        feature: String(title),
        passed: status === 'passed',
      }
    })
    .toSorted((a, b) => (a.subject < b.subject ? -1 : a.subject > b.subject ? 1 : 0))

const recordedIn = (record: unknown): Result[] => {
  if (!Array.isArray(record)) throw new Error(`${HOSTED} has an unknown format`)
  return record.filter(isRecord).map(({subject, feature, passed}) => ({
    subject: String(subject),
    feature: String(feature),
    passed: passed === true,
  }))
}

const results = runSuite()
if (isHosted) writeFileSync(HOSTED, `${JSON.stringify(results, null, 2)}\n`)
const hosted = existsSync(HOSTED) ? recordedIn(JSON.parse(readFileSync(HOSTED, 'utf8'))) : []

const verdict = (found: Result | undefined, otherwise: string): string => {
  if (found === undefined) return otherwise
  return found.passed ? 'passes' : '**fails**'
}

const same =
  ({subject, feature}: Result) =>
  (other: Result): boolean =>
    other.subject === subject && other.feature === feature

const featureRows = results.map((result) => {
  const embedded = isHosted ? 'not in this run' : verdict(result, '')
  return `| ${result.subject} | ${result.feature} | ${embedded} | ${verdict(hosted.find(same(result)), 'not run yet')} |`
})

const routes = routeRows()

const text = `# What the lake answers, and how that is known

Written by \`node tests/conformance/writeCoverage.ts\`; do not edit.

The suite in \`tests/conformance/\` drives the embedded lake with the official tools. With
\`CONFORMANCE_TARGET=hosted\` and the environment variables \`CONFORMANCE_PROJECT_ID\`,
\`CONFORMANCE_DATASET\` and \`CONFORMANCE_TOKEN\` (an administrator's) the same tests run against a
project on sanity.io. ${
  hosted.length === 0
    ? '**They have not been run against a hosted project yet**: the expected behaviour of hosted Sanity comes from its documentation and the source of the official tools.'
    : ''
}

## Features

| endpoint or tool | feature | embedded | hosted |
| --- | --- | --- | --- |
${featureRows.join('\n')}

## Routes

Every other route answers 501 and names itself. Who may call a route is checked before anything else;
\`packages/lake/src/access/accessRules.ts\` says what the words mean.

| route | who | |
| --- | --- | --- |
${routes.join('\n')}
`

writeFileSync(join(ROOT, 'docs', 'coverage.md'), text)
const failed = results.filter(({passed}) => !passed)
process.stdout.write(
  `docs/coverage.md: ${results.length} features, ${failed.length} failing, ${routes.length} routes\n`,
)
process.exitCode = failed.length === 0 && results.length > 0 ? 0 : 1
