/**
 * The documents whose Publish was pressed and that are not out yet. Kept outside the button, which
 * unmounts when the editor opens another document: the press continues.
 */
const ids = new Set<string>()
const listeners = new Set<() => void>()

const tell = (): void => {
  for (const listener of listeners) listener()
}

export const pressesUnderWay = {
  has: (id: string): boolean => ids.has(id),

  /**
   * Records a press until its work has ended. A second press on the same document gets the first
   * one’s result.
   */
  hold: async (id: string, work: () => Promise<void>): Promise<void> => {
    if (ids.has(id)) return
    ids.add(id)
    tell()
    try {
      await work()
    } finally {
      ids.delete(id)
      tell()
    }
  },

  subscribe: (listener: () => void): (() => void) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  },
}
