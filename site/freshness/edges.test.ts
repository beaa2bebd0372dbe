/** The clock of edges, on a clock that the test moves. */
import {expect, it} from 'vitest'

import {type NextEdge, openEdges} from './edges.ts'
import {testTimers} from './testTimers.ts'

const START = Date.parse('2026-03-01T12:00:00.000Z')

const at = (milliseconds: number): string => new Date(START + milliseconds).toISOString()

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/** Edges that answer from `schedule`, the times at which something changes. */
const opened = async (schedule: readonly string[]) => {
  const timers = testTimers(START)
  const passed: string[] = []
  const asked: string[] = []
  let fails = false
  const askNext = async (now: string): Promise<NextEdge> => {
    asked.push(now)
    if (fails) throw new Error('The lake does not answer.')
    const next = schedule.filter((time) => Date.parse(time) > Date.parse(now)).toSorted()[0]
    return {next: next ?? null, tags: ['articles']}
  }
  const edges = openEdges({timers, askNext, onEdge: () => passed.push(at(timers.now() - START))})
  await settle()
  return {
    timers,
    edges,
    passed,
    asked,
    failFromNow: (does: boolean) => {
      fails = does
    },
  }
}

it('stands still until the next edge, and passes each at its time', async () => {
  const {timers, edges, passed} = await opened([at(5_000), at(9_000)])
  await timers.moveTo(START + 4_999)
  expect(edges.now()).toBe(at(0))
  expect(passed).toEqual([])
  await timers.moveTo(START + 5_000)
  expect(edges.now()).toBe(at(5_000))
  await timers.moveTo(START + 60_000)
  expect(edges.now()).toBe(at(9_000))
  expect(passed).toEqual([at(5_000), at(9_000)])
})

it('waits for an edge months away, longer than a timer can', async () => {
  const far = 100 * 86_400_000
  const {timers, passed} = await opened([at(far)])
  await timers.moveTo(START + far - 1)
  expect(passed).toEqual([])
  await timers.moveTo(START + far)
  expect(passed).toEqual([at(far)])
})

it('moves to the present when an article changes, and only then', async () => {
  const schedule = [at(50_000)]
  const {timers, edges, passed, asked} = await opened(schedule)
  await timers.moveTo(START + 10_000)
  edges.refresh(['authors'])
  expect(edges.now()).toBe(at(0))
  schedule.push(at(20_000))
  edges.refresh(['articles'])
  await settle()
  expect(edges.now()).toBe(at(10_000))
  expect(asked).toEqual([at(0), at(10_000)])
  await timers.moveTo(START + 20_000)
  expect(passed).toEqual([at(20_000)])
})

it('asks with the present while the next edge is unknown, and again until it is known', async () => {
  const {timers, edges, passed, failFromNow} = await opened([])
  failFromNow(true)
  edges.refresh()
  await settle()
  expect(edges.isKnown()).toBe(false)
  await timers.moveTo(START + 1_000)
  expect(edges.now()).toBe(at(1_000))
  failFromNow(false)
  await timers.moveTo(START + 3_000)
  await settle()
  expect(edges.isKnown()).toBe(true)
  // One may have passed unseen.
  expect(passed).toHaveLength(1)
})

it('rings no more once closed', async () => {
  const {timers, edges, passed} = await opened([at(5_000)])
  edges.close()
  await timers.moveTo(START + 60_000)
  expect(passed).toEqual([])
})
