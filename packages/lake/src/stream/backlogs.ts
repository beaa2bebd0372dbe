/**
 * What waits for readers that are slower than the news: all streams and sockets of a lake together.
 * One event goes to many readers as the same bytes, which count once. When there is too much, the
 * readers that are furthest behind are cut: clients connect again by themselves.
 */
export interface Backlogs {
  /** Bytes that are kept for all readers. */
  readonly bytes: number
  /**
   * @param most Bytes that may wait for this reader; one chunk may be larger.
   * @param cut Called once, when too much waits: must let the connection go. The backlog is empty then.
   */
  add(most: number, cut: () => void): Backlog
}

/** What waits for one reader, first in, first out. */
export interface Backlog {
  readonly bytes: number
  /** Adds a chunk at the end. May cut this reader or others, so `first` can be gone afterwards. */
  push(chunk: Uint8Array): void
  /** The chunk that waits longest. It counts until it is removed. */
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

/** About what an entry takes beside its chunk, so that very many small ones count as well. */
const ENTRY_BYTES = 64

/** @param most Bytes that may be kept for all readers. */
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

  const cutTheWorst = (): void => {
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
          else if (total > most) cutTheWorst()
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
