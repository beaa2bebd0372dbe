/** What a command of `lake` loads before it has anything to do: help and mistakes cost no start. */
import {spawnSync} from 'node:child_process'
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import {afterAll, beforeAll, describe, expect, test} from 'vitest'

const LAKE = join(import.meta.dirname, 'lake.ts')

/** Prints the address of each module that is loaded after it. */
const REPORTS = `data:text/javascript,${encodeURIComponent(`
  import {registerHooks} from 'node:module'
  import {writeSync} from 'node:fs'
  registerHooks({load: (url, context, next) => (writeSync(2, 'loads ' + url + '\\n'), next(url, context))})
`)}`

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lake-loads-'))
})
afterAll(() => rmSync(folder, {recursive: true}))

const loadedBy = (...argv: readonly string[]): readonly string[] => {
  const {stderr} = spawnSync(process.execPath, ['--import', REPORTS, LAKE, ...argv], {
    cwd: folder,
    encoding: 'utf8',
  })
  return stderr
    .split('\n')
    .filter((line) => line.startsWith('loads '))
    .map((line) => line.slice('loads '.length))
}

/** What only a command that opens a folder needs. */
const isEngine = (url: string): boolean =>
  /^node:sqlite$|\/node_modules\/(?:sharp|ws)\/|\/lake\/src\/(?:store|datasets|query|http)\/|\/(?:createLake|startServer)\.ts$/.test(
    url,
  )

describe('the lake itself is not loaded', () => {
  test.each([[['--help']], [['import', '--frobnicate']], [['status']]])('by %j', (argv) => {
    const loaded = loadedBy(...argv)
    expect(loaded.some((url) => url.endsWith('/cli/main.ts'))).toBe(true)
    expect(loaded.filter(isEngine)).toEqual([])
  })
})

test('the lake itself is loaded to open a folder', () => {
  mkdirSync(join(folder, '.lake'))
  writeFileSync(join(folder, '.lake', 'project.json'), '{}')
  expect(loadedBy('status').some(isEngine)).toBe(true)
})
