/**
 * Finds the boundaries of HTTP responses in bytes that arrive in pieces. Each byte is examined
 * once, so that a large response in many pieces costs no more.
 */

export interface Inbox {
  add(chunk: Buffer): void
  /** All bytes that have arrived and were not taken; a view. */
  bytes(): Buffer
  /** Takes `length` bytes; a view that is valid until more is added. */
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
    // Frees the buffer of a large response.
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
  /** The end of the response at the start of the bytes; undefined if it is incomplete. */
  end(bytes: Buffer): number | undefined
}

const upTo = (length: number) => (bytes: Buffer) => (bytes.length >= length ? length : undefined)

/** @returns Undefined if its header is incomplete. */
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
