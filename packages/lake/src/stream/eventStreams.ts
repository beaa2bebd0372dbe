/**
 * The open event streams of a lake. A writer pushes events and goes on; each stream keeps what its
 * client has not read yet, and is closed when that grows beyond the limits. A client that is too
 * slow reconnects and starts from the present, so it neither delays writers nor fills the memory.
 */
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

export interface EventStreams {
  /** @throws 429 when too many are open: in all, without a token, or of this client. */
  open(client: StreamClient): EventStream
  readonly count: number
  /** Ends all streams, for a shutdown. */
  close(): void
}

export interface StreamClient {
  /** Identifies the client: user id and network address. */
  readonly name: string
  readonly isSignedIn: boolean
}

export interface EventStream {
  /** Encoded server-sent events, in the order of arrival. */
  readonly chunks: AsyncIterable<Uint8Array>
  /** Aborted when unread events are dropped: close the connection, whatever is still buffered. */
  readonly cut: AbortSignal
  readonly hasEnded: boolean
  /** Bytes that are pushed to several streams are kept once. */
  push(chunk: string | Uint8Array): void
  /** Ends the stream; the client has a few seconds to read the rest. */
  end(): void
  /** Called once when the stream ends; at once if it has ended already. */
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
      throw tooManyRequests(`At most ${MAX_OPEN_STREAMS} event streams can be open.`, 5)
    }
    if ((openOf.get(name) ?? 0) >= MAX_STREAMS_OF_CLIENT) {
      throw tooManyRequests(
        `A client can have at most ${MAX_STREAMS_OF_CLIENT} event streams open.`,
        5,
      )
    }
    if (!isSignedIn && anonymous >= MAX_ANONYMOUS_STREAMS) {
      throw tooManyRequests(
        `At most ${MAX_ANONYMOUS_STREAMS} event streams without a token can be open.`,
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
  /** Sends a heartbeat unless events are waiting. */
  beat(): void
}

const noReader = (): void => {}

const createEventStream = (backlogs: Backlogs): OpenStream => {
  const controller = new AbortController()
  const callbacks: (() => void)[] = []
  let ended = false
  /** Whether the first chunk of the backlog is being written. */
  let handed = false
  let wake = noReader

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

  // Not a generator, because `return` of a generator waits until its pending `await` resolves.
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
      // A client that does not read would keep the memory for ever.
      setTimeout(cut, STREAM_END_GRACE).unref()
    },
    onEnd: (callback) => {
      if (ended) callback()
      else callbacks.push(callback)
    },
  }
}
