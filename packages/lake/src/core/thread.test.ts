import {execFile} from 'node:child_process'
import {mkdtemp, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {promisify} from 'node:util'

import {expect, test} from 'vitest'

import {optionsForThreads} from './thread.ts'

test.each([
  [['--no-warnings', '--input-type=module', '--eval', 'code'], ['--no-warnings']],
  [['--input-type=module', '-e', 'code', '--later'], []],
  [
    ['--conditions', 'development'],
    ['--conditions', 'development'],
  ],
])('threads are started with %j as %j', (options, expected) => {
  expect(optionsForThreads(options)).toEqual(expected)
})

const program = (room: string, dataDir: string): string => `
  import {createLake} from ${JSON.stringify(join(room, 'createLake.ts'))}
  import {internalsOf} from ${JSON.stringify(join(room, 'internals.ts'))}
  const lake = createLake({dataDir: ${JSON.stringify(dataDir)}})
  const mutations = Array.from({length: 2000}, (_, n) => ({create: {_id: 'a' + n, _type: 't'}}))
  const response = await lake.fetch(
    new Request('http://localhost/v2025-02-19/data/mutate/production', {
      method: 'POST',
      headers: {authorization: 'Bearer ' + lake.token, 'content-type': 'application/json'},
      body: JSON.stringify({mutations}),
    }),
  )
  console.log(response.status, internalsOf(lake).dataset('production').writer.done.writer)
  await lake.close()
`

test.each([
  ['on the command line', ['--no-warnings']],
  ['with options of V8', ['--max-old-space-size=300', '--expose-gc']],
])('a program %s has threads, too', async (_, options) => {
  const folder = await mkdtemp(join(tmpdir(), 'lake-thread-'))
  try {
    const code = program(join(import.meta.dirname, '../open'), join(folder, 'data'))
    const argv = [...options, '--input-type=module', '--eval', code]
    const {stdout} = await promisify(execFile)(process.execPath, argv)
    expect(stdout.trim()).toBe('200 1')
  } finally {
    await rm(folder, {recursive: true})
  }
})

test('a program in a file has threads with options of V8, too', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'lake-thread-'))
  try {
    const file = join(folder, 'program.mjs')
    await writeFile(file, program(join(import.meta.dirname, '../open'), join(folder, 'data')))
    const argv = ['--max-old-space-size=300', '--expose-gc', file]
    const {stdout} = await promisify(execFile)(process.execPath, argv)
    expect(stdout.trim()).toBe('200 1')
  } finally {
    await rm(folder, {recursive: true})
  }
})
