/**
 * Unread responses: how much the lake holds that clients have not read yet. Each response has a
 * time limit (`responseTime`), within which one client could request very many, so their total has
 * a limit too; beyond it the largest are cut off.
 */
import type {ServerResponse} from 'node:http'

export interface UnreadResponses {
  /** Unread bytes. */
  readonly bytes: number
  /** Counts the unread rest of a response until it is read, or its connection closes. */
  add(response: ServerResponse): void
}

/** Less is not counted: it is usually gone in the next turn of the event loop. */
const SMALL = 64 * 1024

/** @param most Maximum bytes of all responses together. */
export const createUnreadResponses = (most: number): UnreadResponses => {
  const unread = new Map<ServerResponse, number>()
  let total = 0

  const remove = (response: ServerResponse): void => {
    total -= unread.get(response) ?? 0
    unread.delete(response)
  }

  const cutLargest = (): void => {
    const largest = [...unread].toSorted(([, one], [, other]) => other - one)
    for (const [response] of largest) {
      if (total <= most) return
      remove(response)
      response.destroy()
    }
  }

  return {
    get bytes() {
      return total
    },
    add: (response) => {
      const bytes = response.writableLength
      if (bytes < SMALL) return
      unread.set(response, bytes)
      total += bytes
      response.once('close', () => remove(response))
      if (total > most) cutLargest()
    },
  }
}
