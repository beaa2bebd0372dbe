import {globSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'

import {expect, it} from 'vitest'

import {CACHES, OBJECT_CACHES} from './caches.ts'

const root = fileURLToPath(new URL('../../../../../', import.meta.url))
const KB = 1024

/** The rows of the table below "Caches" in ARCHITECTURE.md: name and bound. */
const documented = (): readonly (readonly [name: string, bound: string])[] => {
  const text = readFileSync(join(root, 'ARCHITECTURE.md'), 'utf8')
  const section = text.split('\n## Caches\n')[1]?.split('\n## ')[0] ?? ''
  return section
    .split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .filter(([, name = '']) => /^`\w+`$/.test(name))
    .map(([, name = '', , , bound = '']) => [name.slice(1, -1), bound] as const)
}

const bound = (bytes: number): string =>
  bytes < KB * KB ? `${bytes / KB} KB` : `${bytes / KB / KB} MB`

it('ARCHITECTURE.md lists each cache with its bound', () => {
  const inCode = [
    ...Object.entries(CACHES).map(([name, {bytes}]) => [name, bound(bytes)]),
    ...Object.entries(OBJECT_CACHES).map(([name, owner]) => [name, `its ${owner}`]),
  ]
  expect(documented().toSorted()).toEqual(inCode.toSorted())
})

it('each cache is used in one place, and nothing else keeps values by object', () => {
  const sources = globSync('packages/lake/src/**/*.ts', {cwd: root})
    .filter((file) => !file.endsWith('.test.ts'))
    .map((file) => [file.replaceAll('\\', '/'), readFileSync(join(root, file), 'utf8')] as const)
  const used = sources.flatMap(([, text]) =>
    [...text.matchAll(/(?:createCache|memoise|memoiseByObject)(?:<.*>)?\(\s*'(\w+)'/g)].map(
      ([, name = '']) => name,
    ),
  )
  expect(used.toSorted()).toEqual(
    [...Object.keys(CACHES), ...Object.keys(OBJECT_CACHES)].toSorted(),
  )
  const weak = sources.filter(([, text]) => text.includes('new WeakMap')).map(([file]) => file)
  // The second one connects a lake with its internal interface.
  expect(weak.toSorted()).toEqual([
    'packages/lake/src/core/cache/memoise.ts',
    'packages/lake/src/open/internals.ts',
  ])
})
