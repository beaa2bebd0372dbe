/** Datasets that come and go in a process that is killed: each step is whole or has not been. */
import {spawn} from 'node:child_process'
import {once} from 'node:events'
import {mkdtempSync, readdirSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import {expect, test} from 'vitest'

import {createLake, type Lake} from '../open/createLake.ts'
import {internalsOf} from '../open/internals.ts'

/** Says of each step when it was acknowledged: `made d1`. */
const PROGRAM = `
import {createLake} from ${JSON.stringify(import.meta.resolve('../open/createLake.ts'))}
const lake = createLake({dataDir: process.argv[2]})
const ask = async (what, method, path, body) => {
  const response = await lake.fetch(new Request('http://localhost/v2025-02-19' + path, {
    method,
    headers: {authorization: 'Bearer ' + lake.token},
    ...(body && {body: JSON.stringify(body)}),
  }))
  if (response.status !== 200) throw new Error(await response.text())
  process.stdout.write(what + '\\n')
}
for (let n = 1; ; n += 1) {
  await ask('made d' + n, 'PUT', '/datasets/d' + n, {})
  await ask('written d' + n, 'POST', '/data/mutate/d' + n, {mutations: [{create: {_id: 'x', _type: 'note'}}]})
  await ask('copied c' + n, 'PUT', '/datasets/d' + n + '/copy', {targetDataset: 'c' + n})
  await lake.reset('d' + n)
  process.stdout.write('emptied d' + n + '\\n')
  await ask('deleted c' + n, 'DELETE', '/datasets/c' + n)
}`

/** Lines until the process is killed, some while after the last of so many. */
const runUntilKilled = async (dataDir: string, lines: number): Promise<string[]> => {
  // A file: what is run by --eval can start no threads.
  const program = join(dataDir, 'program.mjs')
  writeFileSync(program, PROGRAM)
  const child = spawn(process.execPath, [program, dataDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let out = ''
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString()
    // At a random time during the next operation.
    if (out.split('\n').length > lines) setTimeout(() => child.kill('SIGKILL'), lines % 7)
  })
  await once(child, 'close')
  return out.split('\n').slice(0, -1)
}

const contentOf = (lake: Lake, name: string): string => {
  if (!lake.datasets().includes(name)) return 'absent'
  const {store} = internalsOf(lake).dataset(name)
  const source = store.source({perspective: 'raw', includePrivate: true})
  return [...source.scan()].map(({_id}) => _id).join() || 'empty'
}

/** What `d` and `c` may hold when a step is the last that was acknowledged: its own, or the next's. */
const MAY_HOLD: Readonly<Record<string, readonly [readonly string[], readonly string[]]>> = {
  made: [['empty', 'x'], ['absent']],
  written: [['x'], ['absent', 'x']],
  copied: [['x', 'empty'], ['x']],
  emptied: [['empty'], ['x', 'absent']],
  deleted: [['empty'], ['absent']],
}

test('after a kill each dataset is as it was acknowledged, or one step further', async () => {
  for (let round = 0; round < 5; round += 1) {
    const dataDir = mkdtempSync(join(tmpdir(), 'lake-killed-'))
    const lines = await runUntilKilled(dataDir, 1 + round)
    expect(lines.length).toBeGreaterThan(round)
    await using lake = createLake({dataDir})
    const [step = '', name = ''] = lines.at(-1)?.split(' ') ?? []
    const last = Number(name.slice(1))
    const [d = [], c = []] = MAY_HOLD[step] ?? []
    expect(d).toContain(contentOf(lake, `d${last}`))
    expect(c).toContain(contentOf(lake, `c${last}`))
    for (let n = 1; n < last; n += 1) {
      expect([contentOf(lake, `d${n}`), contentOf(lake, `c${n}`)]).toEqual(['empty', 'absent'])
    }
    expect(readdirSync(join(dataDir, 'datasets')).toSorted()).toEqual(
      [...lake.datasets()].toSorted(),
    )
    rmSync(dataDir, {recursive: true, force: true})
  }
}, 120_000)
