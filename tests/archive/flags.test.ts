/** Every flag that the import can raise is expected by some test: one that goes missing is noticed. */
import {globSync, readFileSync} from 'node:fs'
import {join} from 'node:path'

import {expect, test} from 'vitest'

const root = join(import.meta.dirname, '..', '..')
const read = (pattern: string, isTest: boolean): string =>
  globSync(pattern, {cwd: root})
    .filter((file) => file.endsWith('.test.ts') === isTest)
    .map((file) => readFileSync(join(root, file), 'utf8'))
    .join('\n')

/** `flag('code'`, `lacks('code'`, `code: 'code'`, and the codes of parts. */
const RAISED = /(?:\b(?:flag|lacks)\(\s*|\bcode: )'([a-z][A-Za-z]+)'|^ {2}\| '([a-z][A-Za-z]+)'$/gm

test('each flag has a test', () => {
  const code = read('archive/**/*.ts', false)
  const part = /export type PartFlagCode =[^]*?\n\n/.exec(code)?.[0] ?? ''
  const raised = [...code.replace(/^ {2}\| .*$/gm, '').matchAll(RAISED), ...part.matchAll(RAISED)]
  const codes = new Set(raised.map(([, one, other]) => one ?? other ?? ''))
  expect(codes.size).toBeGreaterThan(40)
  const tests = read('archive/**/*.ts', true) + read('tests/archive/**/*.ts', true)
  const untested = [...codes].filter((one) => !new RegExp(`\\b${one}\\b`).test(tests))
  expect(untested).toEqual([])
})
