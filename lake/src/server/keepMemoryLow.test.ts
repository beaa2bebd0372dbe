import {execFileSync} from 'node:child_process'
import {fileURLToPath} from 'node:url'

import {expect, test} from 'vitest'

const module = fileURLToPath(new URL('./keepMemoryLow.ts', import.meta.url))

/** Megabytes of the young generation after much short-lived garbage, in a process of its own. */
const youngGeneration = (before: string): number => {
  const program = `
    import {getHeapSpaceStatistics} from 'node:v8'
    ${before}
    const kept = []
    for (let turn = 0; turn < 400_000; turn += 1) {
      const made = JSON.parse('{"a": [1, 2, {"b": "xxxxxxxxxxxxxxxx"}], "c": "yyyyyyyyyyyyyyyy"}')
      if (turn % 5 === 0) kept[(turn / 5) % 20_000] = made
    }
    const young = getHeapSpaceStatistics().find(({space_name}) => space_name === 'new_space')
    console.log(young.space_size / 1e6)`
  const output = execFileSync(process.execPath, ['--input-type=module', '--eval', program])
  return Number(output.toString())
}

test('the young generation stays small in a process that serves', () => {
  const low = youngGeneration(`
    const {keepMemoryLow} = await import(${JSON.stringify(module)})
    keepMemoryLow()`)
  expect(low).toBeLessThan(8)
  // Otherwise this version of V8 needs no telling, or has another way to be told.
  expect(youngGeneration('')).toBeGreaterThan(2 * low)
})
