/**
 * The documents whose Publish was pressed and that are not out yet. Kept apart from the button, which
 * goes when its editor turns to another document: the press holds all the same.
 */
const ids = new Set<string>()
const listeners = new Set<() => void>()

const tell = (): void => {
  for (const listener of listeners) listener()
}

export const pressesUnderWay = {
  has: (id: string): boolean => ids.has(id),

  /** Holds a press until its work has ended; of two presses on one document the second is the first. */
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
