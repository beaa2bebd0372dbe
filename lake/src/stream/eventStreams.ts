import {tooManyRequests} from '../errors.ts'
import {
  LISTENER_LIFETIME,
  MAX_OPEN_STREAMS,
  MAX_STREAM_BACKLOG_BYTES,
  STREAM_HEARTBEAT,
} from '../limits.ts'

/**
 * The open event streams of a lake. Whoever has news pushes it and goes on; each stream keeps what
 * its reader has not taken yet, and is cut when that grows beyond the limit: a reader that slow
 * reconnects and starts from the present, and neither holds up writers nor fills the memory.
 */
export interface EventStreams {
  /** @throws 429 when too many are open. */
  open(): EventStream
  readonly count: number
  /** Ends all streams, for a shut-down. */
  close(): void
}

export interface EventStream {
  /** Encoded server-sent events, in the order of arrival. */
  readonly chunks: AsyncIterable<string>
  push(chunk: string): void
  end(): void
  /** Called once, whoever ended the stream; at once when it has ended. */
  onEnd(callback: () => void): void
}

const HEARTBEAT_COMMENT = ':\n\n'

export const createEventStreams = (): EventStreams => {
  const open = new Set<EventStream>()
  let heartbeat: NodeJS.Timeout | undefined

  const beat = (): void => {
    for (const stream of open) stream.push(HEARTBEAT_COMMENT)
  }

  return {
    open: () => {
      if (open.size >= MAX_OPEN_STREAMS) {
        throw tooManyRequests(`No more than ${MAX_OPEN_STREAMS} streams can be open.`, 5)
      }
      const stream = createEventStream()
      open.add(stream)
      heartbeat ??= setInterval(beat, STREAM_HEARTBEAT).unref()
      const expiry = setTimeout(stream.end, LISTENER_LIFETIME).unref()
      stream.onEnd(() => {
        clearTimeout(expiry)
        open.delete(stream)
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

const nobodyWaits = (): void => {}

const createEventStream = (): EventStream => {
  let waiting: string[] = []
  let size = 0
  let ended = false
  let wake = nobodyWaits
  const callbacks: (() => void)[] = []

  const end = (): void => {
    if (ended) return
    ended = true
    wake()
    for (const callback of callbacks) callback()
  }

  // Written by hand: a generator that waits cannot be told to return before it wakes.
  const chunks: AsyncIterator<string> = {
    next: async () => {
      if (waiting.length === 0 && !ended) await new Promise<void>((resolve) => (wake = resolve))
      if (waiting.length === 0) return {done: true, value: undefined}
      const batch = waiting.join('')
      waiting = []
      size = 0
      return {done: false, value: batch}
    },
    return: async () => {
      end()
      return {done: true, value: undefined}
    },
  }

  return {
    chunks: {[Symbol.asyncIterator]: () => chunks},
    push: (chunk) => {
      if (ended || chunk === '') return
      size += chunk.length
      if (size > MAX_STREAM_BACKLOG_BYTES) {
        waiting = []
        end()
        return
      }
      waiting.push(chunk)
      wake()
    },
    end,
    onEnd: (callback) => {
      if (ended) callback()
      else callbacks.push(callback)
    },
  }
}
