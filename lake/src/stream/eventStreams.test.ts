import {expect, test, vi} from 'vitest'

import {LISTENER_LIFETIME, MAX_STREAM_BACKLOG_BYTES} from '../limits.ts'
import {createEventStreams} from './eventStreams.ts'

const textOf = async (chunks: AsyncIterable<string>): Promise<string> => {
  let text = ''
  for await (const chunk of chunks) text += chunk
  return text
}

test('hands over what was pushed, in order, and ends', async () => {
  const streams = createEventStreams()
  const stream = streams.open()
  stream.push('a')
  stream.push('b')
  const read = textOf(stream.chunks)
  await Promise.resolve()
  stream.push('c')
  stream.end()
  stream.push('too late')
  expect(await read).toBe('abc')
  expect(streams.count).toBe(0)
})

test('cuts a reader that does not read, and forgets what waited for it', async () => {
  const streams = createEventStreams()
  const stream = streams.open()
  let ended = 0
  stream.onEnd(() => (ended += 1))
  const chunk = 'x'.repeat(MAX_STREAM_BACKLOG_BYTES / 4)
  for (let n = 0; n < 10; n++) stream.push(chunk)
  expect(ended).toBe(1)
  expect(await textOf(stream.chunks)).toBe('')
})

test('tells a late subscriber that the stream has ended', () => {
  const stream = createEventStreams().open()
  stream.end()
  let told = false
  stream.onEnd(() => (told = true))
  expect(told).toBe(true)
})

test('a reader that leaves while waiting ends the stream at once', async () => {
  const streams = createEventStreams()
  const chunks = streams.open().chunks[Symbol.asyncIterator]()
  const waiting = chunks.next()
  await chunks.return?.()
  expect(await waiting).toEqual({done: true, value: undefined})
  expect(streams.count).toBe(0)
})

test('ends all streams on close', async () => {
  const streams = createEventStreams()
  const texts = [streams.open(), streams.open()].map(({chunks}) => textOf(chunks))
  streams.close()
  expect(await Promise.all(texts)).toEqual(['', ''])
})

test('ends a stream when its documented life is over', () => {
  vi.useFakeTimers()
  try {
    const streams = createEventStreams()
    const stream = streams.open()
    // Its reader takes heartbeats meanwhile; here nobody reads, and they are far from too much.
    vi.advanceTimersByTime(LISTENER_LIFETIME - 1)
    expect(streams.count).toBe(1)
    let ended = false
    stream.onEnd(() => (ended = true))
    vi.advanceTimersByTime(1)
    expect({ended, open: streams.count}).toEqual({ended: true, open: 0})
  } finally {
    vi.useRealTimers()
  }
})
