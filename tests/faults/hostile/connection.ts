/**
 * A connection with pipelined requests. It parses only the frame of a response and copies its bytes
 * once, so that the program can send thousands of requests a second even with large responses.
 */
import {connect, type Socket} from 'node:net'

import {createInbox, type Frame, frameOf} from './frame.ts'

export interface Sent<T> {
  readonly about: T
  readonly isHead: boolean
}

export interface Answered {
  readonly status: number
  /** Header and body; only valid until the callback returns. */
  readonly bytes: Buffer
  /** Milliseconds since the previous response, or since it was sent if that was later. */
  readonly waited: number
}

export interface Pipeline<T> {
  /** Sends the bytes of one complete request. */
  send(bytes: string, about: T, isHead: boolean): void
  readonly waiting: number
  readonly isOpen: boolean
  /** The request that has waited longest, and its time in milliseconds. */
  oldest(): {about: T; waited: number} | undefined
  close(): void
}

export const openPipeline = <T>(
  port: number,
  onAnswer: (about: T, answer: Answered) => void,
  /** Called once, with the unanswered requests. */
  onClose: (unanswered: readonly T[]) => void,
): Pipeline<T> => {
  const socket: Socket = connect(port, '127.0.0.1')
  socket.setNoDelay(true)
  const inbox = createInbox()
  let frame: Frame | undefined
  let pending: Sent<T>[] = []
  let first = 0
  let since = performance.now()
  let isOpen = true

  /** Takes one complete response. @returns Whether there was one. */
  const take = (): boolean => {
    const head = pending[first]
    if (head === undefined) return false
    frame ??= frameOf(inbox.bytes(), head.isHead)
    const length = frame?.end(inbox.bytes())
    if (frame === undefined || length === undefined) return false
    const {status} = frame
    frame = undefined
    const bytes = inbox.take(length)
    if (status === 100) return true
    const now = performance.now()
    const waited = now - since
    since = now
    first += 1
    if (first > 1000) {
      pending = pending.slice(first)
      first = 0
    }
    onAnswer(head.about, {status, bytes, waited})
    return true
  }

  const end = (): void => {
    if (!isOpen) return
    isOpen = false
    socket.destroy()
    onClose(pending.slice(first).map(({about}) => about))
  }
  socket.on('data', (chunk: Buffer) => {
    inbox.add(chunk)
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
