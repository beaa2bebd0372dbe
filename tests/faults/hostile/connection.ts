/**
 * One connection on which requests follow each other without waiting for answers. It reads no more
 * of an answer than its frame, so that the program can send thousands a second.
 */
import {connect, type Socket} from 'node:net'

export interface Sent<T> {
  readonly about: T
  readonly isHead: boolean
}

export interface Answered {
  readonly status: number
  /** Header and body, as bytes that are one character each. */
  readonly text: string
  /** Milliseconds since the answer before it, or since it was sent if that was later. */
  readonly waited: number
}

export interface Pipeline<T> {
  /** Sends bytes that are one whole request. */
  send(bytes: string, about: T, isHead: boolean): void
  readonly waiting: number
  readonly isOpen: boolean
  /** What has waited longest, and for how many milliseconds. */
  oldest(): {about: T; waited: number} | undefined
  close(): void
}

export const openPipeline = <T>(
  port: number,
  onAnswer: (about: T, answer: Answered) => void,
  /** Called once; what was not answered is handed back. */
  onClose: (unanswered: readonly T[]) => void,
): Pipeline<T> => {
  const socket: Socket = connect(port, '127.0.0.1')
  socket.setNoDelay(true)
  socket.setEncoding('latin1')
  let pending: Sent<T>[] = []
  let first = 0
  let buffered = ''
  let since = performance.now()
  let isOpen = true

  const take = (): boolean => {
    const head = pending[first]
    const end = buffered.indexOf('\r\n\r\n')
    if (end < 0 || head === undefined) return false
    const header = buffered.slice(0, end)
    const status = Number(header.slice(9, 12))
    if (status === 100) {
      buffered = buffered.slice(end + 4)
      return true
    }
    const length = frameLength(header, end + 4, head.isHead || status === 204 || status === 304)
    if (length === undefined) return false
    const now = performance.now()
    const answer = {status, text: buffered.slice(0, length), waited: now - since}
    buffered = buffered.slice(length)
    since = now
    first += 1
    if (first > 1000) {
      pending = pending.slice(first)
      first = 0
    }
    onAnswer(head.about, answer)
    return true
  }

  /** Where the answer ends; undefined when it has not come whole. */
  const frameLength = (header: string, start: number, isEmpty: boolean): number | undefined => {
    if (isEmpty) return start
    const [, stated] = /\r\ncontent-length: *(\d+)/i.exec(header) ?? []
    if (stated !== undefined) {
      const end = start + Number(stated)
      return buffered.length >= end ? end : undefined
    }
    if (!/\r\ntransfer-encoding: *chunked/i.test(header)) return start
    for (let at = start; ;) {
      const line = buffered.indexOf('\r\n', at)
      if (line < 0) return undefined
      const size = Number.parseInt(buffered.slice(at, line), 16)
      at = line + 2 + size + 2
      if (buffered.length < at) return undefined
      if (size === 0) return at
    }
  }

  const end = (): void => {
    if (!isOpen) return
    isOpen = false
    socket.destroy()
    onClose(pending.slice(first).map(({about}) => about))
  }
  socket.on('data', (chunk: string) => {
    buffered += chunk
    while (take());
  })
  socket.on('error', end)
  socket.on('close', end)
  return {
    send(bytes, about, isHead) {
      if (pending.length === first) since = performance.now()
      pending.push({about, isHead})
      socket.write(bytes, 'latin1')
    },
    get waiting() {
      return pending.length - first
    },
    get isOpen() {
      return isOpen
    },
    oldest() {
      const head = pending[first]
      return head && {about: head.about, waited: performance.now() - since}
    },
    close: end,
  }
}
