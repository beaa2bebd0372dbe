import {expect, test, vi} from 'vitest'

import {
  LISTENER_LIFETIME,
  MAX_ANONYMOUS_STREAMS,
  MAX_BACKLOG_BYTES,
  MAX_OPEN_STREAMS,
  MAX_STREAM_BACKLOG_BYTES,
  MAX_STREAMS_OF_CLIENT,
  STREAM_END_GRACE,
  STREAM_HEARTBEAT,
} from '../core/limits.ts'
import {createBacklogs} from './backlogs.ts'
import {createEventStreams, type StreamClient} from './eventStreams.ts'

const textOf = async (chunks: AsyncIterable<Uint8Array>): Promise<string> => {
  const parts: Uint8Array[] = []
  for await (const chunk of chunks) parts.push(chunk)
  return Buffer.concat(parts).toString()
}

const reader = (name: string): StreamClient => ({name, isSignedIn: true})
const setUp = (most = MAX_BACKLOG_BYTES) => {
  const backlogs = createBacklogs(most)
  const streams = createEventStreams(backlogs)
  return {backlogs, streams, open: () => streams.open(reader('r'))}
}

test('hands over what was pushed, in order, and ends', async () => {
  const {backlogs, streams, open} = setUp()
  const stream = open()
  stream.push('a')
  stream.push('b')
  const read = textOf(stream.chunks)
  await Promise.resolve()
  stream.push('c')
  stream.end()
  stream.push('too late')
  expect(await read).toBe('abc')
  expect({open: streams.count, waiting: backlogs.bytes}).toEqual({open: 0, waiting: 0})
})

test('cuts a reader that does not read, and forgets what waited for it', async () => {
  const {backlogs, open} = setUp()
  const stream = open()
  let ended = 0
  stream.onEnd(() => (ended += 1))
  const chunk = 'x'.repeat(MAX_STREAM_BACKLOG_BYTES / 4)
  for (let n = 0; n < 10; n++) stream.push(chunk)
  expect({ended, cut: stream.cut.aborted, waiting: backlogs.bytes}).toEqual({
    ended: 1,
    cut: true,
    waiting: 0,
  })
  expect(await textOf(stream.chunks)).toBe('')
})

test('what its reader has not taken when it ended is forgotten after a while', async () => {
  vi.useFakeTimers()
  try {
    const {backlogs, open} = setUp()
    const stream = open()
    const chunks = stream.chunks[Symbol.asyncIterator]()
    stream.push('being written')
    await chunks.next()
    stream.push('waiting')
    stream.end()
    vi.advanceTimersByTime(STREAM_END_GRACE - 1)
    expect(stream.cut.aborted).toBe(false)
    expect(backlogs.bytes).toBeGreaterThan(0)
    vi.advanceTimersByTime(1)
    expect({cut: stream.cut.aborted, waiting: backlogs.bytes}).toEqual({cut: true, waiting: 0})
  } finally {
    vi.useRealTimers()
  }
})

test('one event larger than a backlog reaches those who read', async () => {
  const {open} = setUp()
  const stream = open()
  const large = 'x'.repeat(MAX_STREAM_BACKLOG_BYTES + 1)
  stream.push(large)
  stream.end()
  expect(await textOf(stream.chunks)).toBe(large)
})

test('a silent stream has a heartbeat, one that is not read has no second', () => {
  vi.useFakeTimers()
  try {
    const {backlogs, open} = setUp()
    open()
    vi.advanceTimersByTime(STREAM_HEARTBEAT)
    const first = backlogs.bytes
    expect(first).toBeGreaterThan(0)
    vi.advanceTimersByTime(10 * STREAM_HEARTBEAT)
    expect(backlogs.bytes).toBe(first)
  } finally {
    vi.useRealTimers()
  }
})

test('no client can have all streams, nor can those without a token', () => {
  const {streams} = setUp()
  const ofOne = Array.from({length: MAX_STREAMS_OF_CLIENT}, () => streams.open(reader('one')))
  expect(() => streams.open(reader('one'))).toThrow(/A client can have at most 1000 event streams/)
  ofOne[0]?.end()
  streams.open(reader('one'))
  for (const stream of ofOne) stream.end()

  for (let n = 0; n < MAX_ANONYMOUS_STREAMS; n++) {
    streams.open({name: `visitor ${n}`, isSignedIn: false})
  }
  expect(() => streams.open({name: 'late', isSignedIn: false})).toThrow(/without a token/)
  while (streams.count < MAX_OPEN_STREAMS) streams.open(reader(`${streams.count}`))
  expect(() => streams.open(reader('last'))).toThrow(/At most 2000/)
  streams.close()
  expect(streams.count).toBe(0)
})

test('calls a late onEnd at once', () => {
  const stream = setUp().open()
  stream.end()
  let told = false
  stream.onEnd(() => (told = true))
  expect(told).toBe(true)
})

test('a reader that leaves while waiting ends the stream at once', async () => {
  const {streams, open} = setUp()
  const chunks = open().chunks[Symbol.asyncIterator]()
  const waiting = chunks.next()
  await chunks.return?.()
  expect(await waiting).toEqual({done: true, value: undefined})
  expect(streams.count).toBe(0)
})

test('ends all streams on close', async () => {
  const {streams, open} = setUp()
  const texts = [open(), open()].map(({chunks}) => textOf(chunks))
  streams.close()
  expect(await Promise.all(texts)).toEqual(['', ''])
})

test('ends a stream when its documented life is over', () => {
  vi.useFakeTimers()
  try {
    const {streams, open} = setUp()
    const stream = open()
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
