/**
 * A test that is skipped looks like one that passed. So each reason to skip is listed here, and none
 * of them is a missing tool that CI could install.
 */
import {execFileSync} from 'node:child_process'
import {readFileSync} from 'node:fs'
import {join} from 'node:path'

import {expect, it} from 'vitest'

const root = join(import.meta.dirname, '..')

const REASONS: readonly (readonly [condition: string, reason: string])[] = [
  ["skipIf(process.platform === 'win32')", 'Windows has no file modes'],
  ['skipIf(!mayMount())', 'CI may forbid mounting; mountSmallDisk.ts prints so'],
  ['skipIf(disk === undefined)', 'the same'],
  ['skipIf(mounted === undefined)', 'the same'],
  ['runIf(isPresent)', 'suites and schemas of others are data beside a checkout, or are not there'],
  ['runIf(hasFeedparser)', 'CI installs it, and there the tests run without asking'],
]

const skipsIn = (text: string): readonly string[] =>
  text.match(/\b(?:skipIf|runIf)\((?:[^()]|\([^()]*\))*\)|\b(?:it|test|describe)\.skip\(/g) ?? []

it('skips tests for listed reasons only', () => {
  const files = execFileSync(
    'git',
    ['ls-files', '-co', '--exclude-standard', '*.test.ts', '*.test.tsx'],
    {
      cwd: root,
      encoding: 'utf8',
    },
  )
    .trim()
    .split('\n')
    .filter((file) => file !== 'tests/skips.test.ts')
  const found = files.flatMap((file) => skipsIn(readFileSync(join(root, file), 'utf8')))
  expect(new Set(found)).toEqual(new Set(REASONS.map(([condition]) => condition)))
})

it('finds a planted skip', () => {
  expect(skipsIn("it.skipIf(!has('zip'))('packs', () => {})")).toEqual(["skipIf(!has('zip'))"])
  expect(skipsIn("it.skip('later', () => {})")).toEqual(['it.skip('])
})
