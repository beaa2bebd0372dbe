import type {ServerResponse} from 'node:http'

/**
 * Answers that their readers have not taken yet. Each has some time (`responseTime`), in which one client
 * could ask for very many; so they have a total as well, beyond which the largest are cut.
 */
export interface UnreadResponses {
  /** Bytes that wait. */
  readonly bytes: number
  /** Counts what is left of an answer until it has been taken, or its connection is gone. */
  add(response: ServerResponse): void
}

/** Smaller rests are gone with the next turn of the event loop, or count for little. */
const SMALL = 64 * 1024

/** @param most Bytes of all answers together. */
export const createUnreadResponses = (most: number): UnreadResponses => {
  const unread = new Map<ServerResponse, number>()
  let total = 0

  const remove = (response: ServerResponse): void => {
    total -= unread.get(response) ?? 0
    unread.delete(response)
  }

  const cutTheLargest = (): void => {
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
      if (total > most) cutTheLargest()
    },
  }
}
