/**
 * Backlogs: the events and messages that wait for slow readers, counted over all streams and
 * sockets of a lake. An event for many readers is kept and counted once. When there is too much,
 * the slowest readers are disconnected; clients reconnect by themselves.
 */
export interface Backlogs {
  /** Bytes that are kept for all readers. */
  readonly bytes: number
  /**
   * @param most Maximum bytes for this reader; a single chunk may be larger.
   * @param cut Called once, when there is too much, with the backlog emptied. Must close the connection.
   */
  add(most: number, cut: () => void): Backlog
}

/** The chunks that wait for one reader, first in, first out. */
export interface Backlog {
  readonly bytes: number
  /** Adds a chunk at the end. This may disconnect this reader or others, and so empty the backlog. */
  push(chunk: Uint8Array): void
  /** The oldest chunk. It counts until it is removed. */
  first(): Uint8Array | undefined
  removeFirst(): void
  clear(): void
}

interface Entry {
  readonly chunk: Uint8Array
  next: Entry | undefined
}

interface Reader {
  bytes: number
  cut(): void
}

/** Approximate size of an entry without its chunk, so that many small chunks count as well. */
const ENTRY_BYTES = 64

/** @param most Maximum bytes for all readers together. */
export const createBacklogs = (most: number): Backlogs => {
  const uses = new Map<Uint8Array, number>()
  const behind = new Set<Reader>()
  let total = 0

  const hold = (chunk: Uint8Array): void => {
    const count = uses.get(chunk) ?? 0
    total += ENTRY_BYTES + (count === 0 ? chunk.length : 0)
    uses.set(chunk, count + 1)
  }

  const release = (chunk: Uint8Array): void => {
    const count = uses.get(chunk) ?? 0
    total -= ENTRY_BYTES + (count === 1 ? chunk.length : 0)
    if (count > 1) uses.set(chunk, count - 1)
    else uses.delete(chunk)
  }

  const cutSlowest = (): void => {
    for (const reader of [...behind].toSorted((one, other) => other.bytes - one.bytes)) {
      if (total <= most) return
      reader.cut()
    }
  }

  return {
    get bytes() {
      return total
    },
    add: (mostOfReader, cut) => {
      let first: Entry | undefined
      let last: Entry | undefined
      const clear = (): void => {
        for (let entry = first; entry !== undefined; entry = entry.next) release(entry.chunk)
        first = last = undefined
        reader.bytes = 0
        behind.delete(reader)
      }
      const reader: Reader = {
        bytes: 0,
        cut: () => {
          clear()
          cut()
        },
      }
      return {
        get bytes() {
          return reader.bytes
        },
        push: (chunk) => {
          const entry: Entry = {chunk, next: undefined}
          if (last === undefined) first = entry
          else last.next = entry
          last = entry
          hold(chunk)
          reader.bytes += chunk.length + ENTRY_BYTES
          behind.add(reader)
          if (reader.bytes > mostOfReader && first !== last) reader.cut()
          else if (total > most) cutSlowest()
        },
        first: () => first?.chunk,
        removeFirst: () => {
          if (first === undefined) return
          const {chunk} = first
          first = first.next
          if (first === undefined) last = undefined
          release(chunk)
          reader.bytes -= chunk.length + ENTRY_BYTES
          if (first === undefined) behind.delete(reader)
        },
        clear,
      }
    },
  }
}
