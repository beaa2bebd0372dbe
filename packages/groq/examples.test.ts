import {readFileSync} from 'node:fs'
import {stripTypeScriptTypes} from 'node:module'
import {join} from 'node:path'
import {format} from 'node:util'
import {runInThisContext} from 'node:vm'

import {expect, it} from 'vitest'

import * as groq from './src/index.ts'

/** Every `ts` block of the README runs by itself and prints what its comments say. */
const readme = readFileSync(join(import.meta.dirname, 'README.md'), 'utf8')
const blocks = [...readme.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code = '']) => code)

const IMPORT = /^import (\{.*\}) from '@copydesk\/groq'$/gm

const outputOf = (code: string): string[] => {
  const output: string[] = []
  const print = (...values: unknown[]): void => void output.push(format(...values))
  const body = stripTypeScriptTypes(code.replace(IMPORT, 'const $1 = groq'))
  runInThisContext(`(groq, console) => {${body}}`)(groq, {log: print})
  return output
}

const expectedOutput = (code: string): string[] =>
  [...code.matchAll(/console\.log\(.*\) \/\/ (.*)$/gm)].map(([, output = '']) => output)

it('has examples that print something', () => {
  expect(blocks.length).toBeGreaterThan(4)
  for (const code of blocks) {
    expect(code).toMatch(IMPORT)
    expect(expectedOutput(code)).toHaveLength(code.split('console.log').length - 1)
  }
})

it.each(blocks.map((code, index) => [index + 1, code] as const))(
  'example %i prints what it says',
  (_, code) => {
    expect(outputOf(code)).toEqual(expectedOutput(code))
  },
)
