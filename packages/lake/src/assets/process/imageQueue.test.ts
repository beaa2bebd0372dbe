import {expect, test} from 'vitest'

import {createImageQueue} from './imageQueue.ts'

const LIMITS = {
  jobs: 2,
  vectorJobs: 1,
  waitingJobs: 3,
  waitingVectorJobs: 2,
  waitingJobsOfClient: 9,
  patience: 60_000,
}
const stays = new AbortController().signal

const setUp = (limits: Partial<typeof LIMITS> = {}) => {
  const queue = createImageQueue({...LIMITS, ...limits})
  const begun: string[] = []
  const enter = (name: string, isVector = false, signal = stays, client = '') =>
    queue.enter({isVector, client}, signal).then(() => begun.push(name))
  const leave = (isVector: boolean, client = ''): void => queue.leave({isVector, client})
  return {queue, begun, enter, leave}
}

test('lets a few in, in the order in which they came', async () => {
  const {queue, begun, enter, leave} = setUp()
  const all = ['a', 'b', 'c', 'd'].map((name) => enter(name))
  await Promise.all(all.slice(0, 2))
  expect(begun).toEqual(['a', 'b'])
  leave(false)
  await all[2]
  leave(false)
  await all[3]
  expect({begun, waiting: queue.waiting}).toEqual({begun: ['a', 'b', 'c', 'd'], waiting: 0})
})

test('lets other images pass SVGs that wait for an SVG', async () => {
  const {begun, enter, leave} = setUp()
  await enter('svg 1', true)
  const second = enter('svg 2', true)
  await enter('photo 1')
  leave(false)
  await enter('photo 2')
  expect(begun).toEqual(['svg 1', 'photo 1', 'photo 2'])
  leave(true)
  await second
  expect(begun.at(-1)).toBe('svg 2')
})

test('turns away who would wait too long, for each kind', async () => {
  const {enter} = setUp()
  await Promise.all([enter('svg', true), enter('photo')])
  for (let n = 0; n < 3; n++) void enter('photo')
  for (let n = 0; n < 2; n++) void enter('svg', true)
  await expect(enter('photo')).rejects.toMatchObject({status: 429})
  await expect(enter('svg', true)).rejects.toMatchObject({status: 429})
})

test('a client with nothing at work comes before one with a long list', async () => {
  const {begun, enter, leave} = setUp({waitingJobs: 9, waitingJobsOfClient: 3})
  const many = Array.from({length: 5}, (_, n) => enter(`many ${n}`, false, stays, 'many'))
  await expect(enter('many 5', false, stays, 'many')).rejects.toMatchObject({status: 429})
  const one = enter('one', false, stays, 'one')
  leave(false, 'many')
  await one
  leave(false, 'one')
  await many[2]
  expect(begun).toEqual(['many 0', 'many 1', 'one', 'many 2'])
})

test('no client waits for ever, or after it has gone away', async () => {
  const {queue, begun, enter, leave} = setUp({patience: 20})
  await Promise.all([enter('a'), enter('b')])
  const gone = new AbortController()
  const leaving = enter('c', false, gone.signal)
  gone.abort()
  await expect(leaving).rejects.toMatchObject({status: 400})
  await expect(enter('d')).rejects.toMatchObject({status: 429})
  await expect(enter('e', false, AbortSignal.abort())).rejects.toMatchObject({status: 400})
  expect(queue.waiting).toBe(0)
  leave(false)
  await enter('f')
  expect(begun).toEqual(['a', 'b', 'f'])
})
