/**
 * Queues operations on datasets (create, empty, copy, delete) by name: one at a time for each name,
 * in order. A name is reserved from the call on, before anything is awaited. Names are compared
 * without case, because some file systems ignore it.
 */
export interface NameQueue {
  /**
   * Runs the work when earlier operations on its names have ended, whether or not they failed.
   * @param held Other names that must not change meanwhile.
   */
  run<T>(
    name: string,
    operation: DatasetOperation,
    work: () => Promise<T>,
    held?: readonly string[],
  ): Promise<T>
  /** The running or waiting operation on the name; undefined if there is none or it is only held. */
  operation(name: string): DatasetOperation | undefined
  /** Resolves, never rejects, when no operation on the name is running or waiting. */
  idle(name: string): Promise<void>
  /** Like `idle`, for all names. */
  allIdle(): Promise<void>
}

/** Completes the message "The dataset is …". */
export type DatasetOperation =
  | 'being deleted'
  | 'being emptied'
  | 'being copied to'
  | 'being closed'

interface Turn {
  /** Null if the name is only held. */
  readonly operation: DatasetOperation | null
  readonly over: Promise<void>
}

export const createNameQueue = (): NameQueue => {
  const turns = new Map<string, Turn[]>()
  const of = (name: string): readonly Turn[] => turns.get(name.toLowerCase()) ?? []
  const over = async (waited: readonly Turn[]): Promise<void> => {
    await Promise.all(waited.map((turn) => turn.over))
  }

  const add = (name: string, turn: Turn): void => {
    turns.set(name.toLowerCase(), [...of(name), turn])
  }
  const remove = (name: string, turn: Turn): void => {
    const left = of(name).filter((other) => other !== turn)
    if (left.length === 0) turns.delete(name.toLowerCase())
    else turns.set(name.toLowerCase(), left)
  }

  return {
    run: async (name, operation, work, held = []) => {
      const before = [name, ...held].flatMap(of)
      const {promise, resolve} = Promise.withResolvers<void>()
      const claims = [
        {name, turn: {operation, over: promise}},
        ...held.map((each) => ({name: each, turn: {operation: null, over: promise}})),
      ]
      for (const {name: claimed, turn} of claims) add(claimed, turn)
      try {
        if (before.length > 0) await over(before)
        return await work()
      } finally {
        for (const {name: claimed, turn} of claims) remove(claimed, turn)
        resolve()
      }
    },
    operation: (name) => of(name).find((turn) => turn.operation !== null)?.operation ?? undefined,
    idle: (name) => over(of(name)),
    allIdle: () => over([...turns.values()].flat()),
  }
}
