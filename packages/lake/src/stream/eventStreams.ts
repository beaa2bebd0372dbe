import {tooManyRequests} from '../core/errors.ts'
import {
  LISTENER_LIFETIME,
  MAX_ANONYMOUS_STREAMS,
  MAX_OPEN_STREAMS,
  MAX_STREAM_BACKLOG_BYTES,
  MAX_STREAMS_OF_CLIENT,
  STREAM_END_GRACE,
  STREAM_HEARTBEAT,
} from '../core/limits.ts'
import type {Backlogs} from './backlogs.ts'

/**
 * The open event streams of a lake. Whoever has news pushes it and goes on; each stream keeps what
 * its reader has not taken yet, and is cut when that grows beyond the limits: a reader that slow
 * reconnects and starts from the present, and neither holds up writers nor fills the memory.
 */
export interface EventStreams {
  /** @throws 429 when too many are open, of all clients, of those without a token, or of this one. */
  open(client: StreamClient): EventStream
  readonly count: number
  /** Ends all streams, for a shut-down. */
  close(): void
}

export interface StreamClient {
  /** Who it is, as far as is known: the user and the network address. */
  readonly name: string
  readonly isSignedIn: boolean
}

export interface EventStream {
  /** Encoded server-sent events, in the order of arrival. */
  readonly chunks: AsyncIterable<Uint8Array>
  /** Aborted when the rest is dropped: let the connection go, and what is written to it already. */
  readonly cut: AbortSignal
  readonly hasEnded: boolean
  /** The same bytes pushed to several streams are kept once. */
  push(chunk: string | Uint8Array): void
  /** No more follows; the reader has a few seconds to take what waits. */
  end(): void
  /** Called once, whoever ended the stream; at once when it has ended. */
  onEnd(callback: () => void): void
}

const HEARTBEAT_COMMENT = Buffer.from(':\n\n')

export const createEventStreams = (backlogs: Backlogs): EventStreams => {
  const open = new Set<OpenStream>()
  const openOf = new Map<string, number>()
  let anonymous = 0
  let heartbeat: NodeJS.Timeout | undefined

  const beat = (): void => {
    for (const stream of open) stream.beat()
  }

  const count = ({name, isSignedIn}: StreamClient, change: 1 | -1): void => {
    const streams = (openOf.get(name) ?? 0) + change
    if (streams === 0) openOf.delete(name)
    else openOf.set(name, streams)
    if (!isSignedIn) anonymous += change
  }

  const requireRoom = ({name, isSignedIn}: StreamClient): void => {
    if (open.size >= MAX_OPEN_STREAMS) {
      throw tooManyRequests(`No more than ${MAX_OPEN_STREAMS} streams can be open.`, 5)
    }
    if ((openOf.get(name) ?? 0) >= MAX_STREAMS_OF_CLIENT) {
      throw tooManyRequests(`A client can have ${MAX_STREAMS_OF_CLIENT} streams open.`, 5)
    }
    if (!isSignedIn && anonymous >= MAX_ANONYMOUS_STREAMS) {
      throw tooManyRequests(
        `Without a token, no more than ${MAX_ANONYMOUS_STREAMS} streams can be open.`,
        5,
      )
    }
  }

  return {
    open: (client) => {
      requireRoom(client)
      const stream = createEventStream(backlogs)
      open.add(stream)
      count(client, 1)
      heartbeat ??= setInterval(beat, STREAM_HEARTBEAT).unref()
      const expiry = setTimeout(stream.end, LISTENER_LIFETIME).unref()
      stream.onEnd(() => {
        clearTimeout(expiry)
        open.delete(stream)
        count(client, -1)
        if (open.size > 0) return
        clearInterval(heartbeat)
        heartbeat = undefined
      })
      return stream
    },
    get count() {
      return open.size
    },
    close: () => {
      for (const stream of open) stream.end()
    },
  }
}

type OpenStream = EventStream & {
  /** Keeps a silent connection open; one that has something to read is not silent. */
  beat(): void
}

const nobodyWaits = (): void => {}

const createEventStream = (backlogs: Backlogs): OpenStream => {
  const controller = new AbortController()
  const callbacks: (() => void)[] = []
  let ended = false
  /** Whether the first chunk of the backlog is being written. */
  let handed = false
  let wake = nobodyWaits

  const finish = (): void => {
    if (ended) return
    ended = true
    wake()
    for (const callback of callbacks) callback()
  }
  const cut = (): void => {
    backlog.clear()
    controller.abort()
    finish()
  }
  const backlog = backlogs.add(MAX_STREAM_BACKLOG_BYTES, cut)

  // Written by hand: a generator that waits cannot be told to return before it wakes.
  const chunks: AsyncIterator<Uint8Array> = {
    next: async () => {
      if (handed) backlog.removeFirst()
      handed = false
      if (backlog.first() === undefined && !ended) {
        await new Promise<void>((resolve) => (wake = resolve))
      }
      const value = backlog.first()
      if (value === undefined) return {done: true, value: undefined}
      handed = true
      return {done: false, value}
    },
    return: async () => {
      backlog.clear()
      finish()
      return {done: true, value: undefined}
    },
  }

  const push = (chunk: string | Uint8Array): void => {
    if (ended || chunk.length === 0) return
    backlog.push(typeof chunk === 'string' ? Buffer.from(chunk) : chunk)
    wake()
  }

  return {
    chunks: {[Symbol.asyncIterator]: () => chunks},
    cut: controller.signal,
    get hasEnded() {
      return ended
    },
    push,
    beat: () => {
      if (backlog.first() === undefined) push(HEARTBEAT_COMMENT)
    },
    end: () => {
      if (ended) return
      finish()
      // A reader that does not read would keep the memory for ever.
      setTimeout(cut, STREAM_END_GRACE).unref()
    },
    onEnd: (callback) => {
      if (ended) callback()
      else callbacks.push(callback)
    },
  }
}
