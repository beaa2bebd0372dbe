import {spawnSync} from 'node:child_process'
import {fileURLToPath} from 'node:url'

import {expect, test} from 'vitest'

const module = fileURLToPath(new URL('./keepMemoryLow.ts', import.meta.url))

const KEEP_LOW = `
  const {keepMemoryLow} = await import(${JSON.stringify(module)})
  keepMemoryLow()`

const MEASURE = `
  const {getHeapSpaceStatistics} = await import('node:v8')
  const kept = []
  for (let turn = 0; turn < 400_000; turn += 1) {
    const made = JSON.parse('{"a": [1, 2, {"b": "xxxxxxxxxxxxxxxx"}], "c": "yyyyyyyyyyyyyyyy"}')
    if (turn % 5 === 0) kept[(turn / 5) % 20_000] = made
  }
  const young = getHeapSpaceStatistics().find(({space_name}) => space_name === 'new_space')
  console.log(young.space_size / 1e6)`

const MEASURE_IN_THREAD = `
  const {Worker} = await import('node:worker_threads')
  new Worker(new URL('data:text/javascript,' + encodeURIComponent(${JSON.stringify(MEASURE)})))`

/** Megabytes of a young generation after much short-lived garbage, in a process of its own. */
const youngGeneration = (program: string): number => {
  const {stdout, stderr} = spawnSync(process.execPath, ['--input-type=module', '--eval', program], {
    encoding: 'utf8',
  })
  // V8 complains there about a flag that it does not know.
  expect(stderr).toBe('')
  return Number(stdout)
}

test('in a process that serves the young generation has room for a transaction and stays so', () => {
  const low = youngGeneration(KEEP_LOW + MEASURE)
  expect(low).toBeGreaterThan(4)
  expect(low).toBeLessThan(16)
  // Otherwise this version of V8 does not need the flag, or has a different one.
  expect(youngGeneration(MEASURE)).toBeGreaterThan(2 * low)
})

test('its threads keep to the least', () => {
  expect(youngGeneration(KEEP_LOW + MEASURE_IN_THREAD)).toBeLessThan(3)
})
