import {expect, test} from 'vitest'

import {createBacklogs} from './backlogs.ts'

const MOST = 10_000

const setUp = () => {
  const backlogs = createBacklogs(MOST)
  const cut: string[] = []
  return {
    backlogs,
    cut,
    add: (name: string, most = MOST) => backlogs.add(most, () => cut.push(name)),
  }
}
const bytes = (length: number): Uint8Array => new Uint8Array(length)

test('the same bytes count once, however many wait for them', () => {
  const {backlogs, cut, add} = setUp()
  const event = bytes(6000)
  const readers = Array.from({length: 50}, (_, n) => add(`${n}`))
  for (const reader of readers) reader.push(event)
  expect(cut).toEqual([])
  expect(backlogs.bytes).toBeLessThan(MOST)
  for (const reader of readers.slice(1)) reader.removeFirst()
  expect(backlogs.bytes).toBeGreaterThan(6000)
  readers[0]?.removeFirst()
  expect(backlogs.bytes).toBe(0)
})

test('the reader that is furthest behind is cut first, and no more than is needed', () => {
  const {backlogs, cut, add} = setUp()
  const [quick, slow, slower] = [add('quick'), add('slow'), add('slower')]
  for (let n = 0; n < 4; n++) slower.push(bytes(1000))
  for (let n = 0; n < 3; n++) slow.push(bytes(1000))
  for (let n = 0; n < 50; n++) {
    quick.push(bytes(1000))
    quick.removeFirst()
  }
  expect(cut).toEqual([])
  for (let n = 0; n < 3; n++) quick.push(bytes(1000))
  expect(cut).toEqual(['slower'])
  expect(slower.bytes).toBe(0)
  expect(backlogs.bytes).toBeLessThanOrEqual(MOST)
  expect(slow.first()).toHaveLength(1000)
})

test('very many small chunks count for what they take', () => {
  const {cut, add} = setUp()
  const reader = add('reader')
  const dot = bytes(1)
  for (let n = 0; n < MOST / 20; n++) reader.push(dot)
  expect(cut).toContain('reader')
})

test('chunks come out in order, and what is cleared is gone', () => {
  const {backlogs, add} = setUp()
  const reader = add('reader')
  for (let n = 0; n < 5; n++) reader.push(Uint8Array.of(n))
  const seen: (number | undefined)[] = []
  for (let n = 0; n < 3; n++) {
    seen.push(reader.first()?.[0])
    reader.removeFirst()
  }
  expect(seen).toEqual([0, 1, 2])
  reader.clear()
  expect({first: reader.first(), bytes: reader.bytes, all: backlogs.bytes}).toEqual({
    first: undefined,
    bytes: 0,
    all: 0,
  })
  reader.removeFirst()
  expect(backlogs.bytes).toBe(0)
})
