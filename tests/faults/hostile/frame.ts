/**
 * Finds where one HTTP answer ends and the next begins, in bytes that come in pieces. What has been
 * looked at is not looked at again, so that a large answer costs no more for coming in many.
 */

export interface Inbox {
  add(chunk: Buffer): void
  /** All that has come and was not taken; a view. */
  bytes(): Buffer
  /** Takes so many; a view, which is good until more is added. */
  take(length: number): Buffer
}

const SMALL = 256 * 1024

export const createInbox = (): Inbox => {
  let store = Buffer.allocUnsafe(SMALL)
  let start = 0
  let end = 0

  const makeRoom = (length: number): void => {
    if (end + length <= store.length) return
    const used = end - start
    const isTooSmall = used + length > store.length
    // What a large answer needed is given back after it.
    const isTooLarge = store.length > SMALL && used + length < SMALL / 2
    const size = isTooSmall ? 2 * (used + length) : isTooLarge ? SMALL : store.length
    const target = size === store.length ? store : Buffer.allocUnsafe(size)
    store.copy(target, 0, start, end)
    store = target
    start = 0
    end = used
  }

  return {
    add(chunk) {
      makeRoom(chunk.length)
      end += chunk.copy(store, end)
    },
    bytes: () => store.subarray(start, end),
    take(length) {
      const taken = store.subarray(start, start + length)
      start += length
      return taken
    },
  }
}

export interface Frame {
  readonly status: number
  /** Where the answer ends in the bytes that begin with it; undefined when it has not come whole. */
  end(bytes: Buffer): number | undefined
}

const upTo = (length: number) => (bytes: Buffer) => (bytes.length >= length ? length : undefined)

/** @returns Undefined when its header has not come whole. */
export const frameOf = (bytes: Buffer, isHead: boolean): Frame | undefined => {
  const end = bytes.indexOf('\r\n\r\n')
  if (end < 0) return undefined
  const header = bytes.toString('latin1', 0, end)
  const start = end + 4
  const status = Number(header.slice(9, 12))
  if (isHead || status < 200 || status === 204 || status === 304) return {status, end: upTo(start)}
  const [, stated] = /\r\ncontent-length: *(\d+)/i.exec(header) ?? []
  if (stated !== undefined) return {status, end: upTo(start + Number(stated))}
  const isChunked = /\r\ntransfer-encoding: *chunked/i.test(header)
  return {status, end: isChunked ? lastChunk(start) : upTo(start)}
}

const lastChunk = (start: number): Frame['end'] => {
  let at = start
  return (bytes) => {
    for (;;) {
      const line = bytes.indexOf('\r\n', at)
      if (line < 0) return undefined
      const size = Number.parseInt(bytes.toString('latin1', at, line), 16)
      const next = line + 2 + size + 2
      if (bytes.length < next) return undefined
      if (size === 0) return next
      at = next
    }
  }
}
