/**
 * Runs the conformance suite and writes `docs/coverage.md`: what the lake implements, what the suite
 * tests, and what was run against a hosted project.
 *
 *     npm run conformance
 *     CONFORMANCE_TARGET=hosted CONFORMANCE_PROJECT_ID=… CONFORMANCE_TOKEN=… npm run conformance
 *
 * A hosted run is kept in `tests/conformance/hosted.json`, which later runs read. With the name of a
 * file as its argument it is kept there instead, and nothing else is written.
 */
import {existsSync, readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'

import {coverageText} from './coverageText.ts'
import {hostedRecordIn, recordHosted} from './recordHosted.ts'
import {routeRows} from './routeRows.ts'
import {type Result, runSuite} from './runSuite.ts'

const HOSTED = join(import.meta.dirname, 'hosted.json')
const COVERAGE = join(import.meta.dirname, '..', '..', 'docs', 'coverage.md')

const say = (line: string): void => {
  process.stdout.write(`${line}\n`)
}

/** Prints what did not pass; whether there was no failure. */
const report = (where: string, results: readonly Result[]): boolean => {
  const failed = results.filter(({outcome}) => outcome === 'fails')
  const refused = results.filter(({outcome}) => outcome === 'plan')
  say(
    `${where}: ${results.length} features, ${failed.length} failing, ${refused.length} not in the plan`,
  )
  for (const {subject, feature, reason} of failed) say(`  ${subject}, ${feature}: ${reason}`)
  return results.length > 0 && failed.length === 0
}

const [recordFile] = process.argv.slice(2)
let isFine = true
if (process.env['CONFORMANCE_TARGET'] === 'hosted') {
  const record = await recordHosted()
  writeFileSync(recordFile ?? HOSTED, `${JSON.stringify(record, null, 2)}\n`)
  isFine = report('hosted', record.results)
}
if (recordFile === undefined) {
  const embedded = await runSuite({CONFORMANCE_TARGET: 'embedded'})
  isFine = report('embedded', embedded) && isFine
  const hosted = existsSync(HOSTED)
    ? hostedRecordIn(JSON.parse(readFileSync(HOSTED, 'utf8')))
    : null
  writeFileSync(COVERAGE, coverageText(embedded, hosted))
  say(`docs/coverage.md: ${routeRows().length} routes`)
}
process.exitCode = isFine ? 0 : 1
