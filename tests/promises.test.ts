/**
 * Every test named in docs/promises.md exists, so that renaming a test cannot leave a promise
 * without one.
 */
import {existsSync, readFileSync} from 'node:fs'
import {join} from 'node:path'

import {expect, test} from 'vitest'

const root = join(import.meta.dirname, '..')
const list = readFileSync(join(root, 'docs/promises.md'), 'utf8')
const paths = [...list.matchAll(/`(?:node )?([\w/.-]+\.ts)`/g)].map(([, path = '']) => path)

const places = (path: string): string[] => [join(root, path), join(root, 'packages/lake/src', path)]

test('every test that a promise names is there', () => {
  expect(paths.length).toBeGreaterThan(40)
  expect(paths.filter((path) => !places(path).some(existsSync))).toEqual([])
})

test('every promise names a test', () => {
  const rows = list.split('\n').filter((line) => /^\| (?!promise|-)/.test(line))
  expect(rows.length).toBeGreaterThan(30)
  expect(rows.filter((row) => !row.includes('.test.ts`'))).toEqual([])
})

test('every difference from hosted Sanity has a row, and every row its difference', () => {
  const readme = readFileSync(join(root, 'packages/lake/README.md'), 'utf8')
  const [, section = ''] = readme.split('\n## Differences from hosted Sanity\n')
  const [differences = ''] = section.split('\n**Not known**\n')
  const lines = differences.split('\n').filter((line) => line.startsWith('- '))
  const [, table = ''] = list.split('\n## Differences from hosted Sanity\n')
  const rows = [...table.matchAll(/^\| (?!promise|-)(.+?) +\| /gm)].map(([, text = '']) => text)
  expect(rows.length).toBeGreaterThan(20)
  expect(lines.filter((line) => !rows.some((row) => line.startsWith(`- ${row}`)))).toEqual([])
  expect(rows.filter((row) => !lines.some((line) => line.startsWith(`- ${row}`)))).toEqual([])
})
