/**
 * What is being done to datasets, name by name. One thing at a time happens to a name, in the order
 * asked for, and a name is taken from the call on, before anything is awaited: between two steps
 * nothing else can come in. Some file systems do not tell `News` from `news`, nor does this.
 */
export interface NameQueue {
  /**
   * Does the work once all that was asked for its names before is over, whatever became of that.
   * @param held Names that must stay as they are meanwhile.
   */
  run<T>(name: string, doing: Doing, work: () => Promise<T>, held?: readonly string[]): Promise<T>
  /** What is being done to the name, or waits for its turn; undefined where it is only held. */
  doing(name: string): Doing | undefined
  /** Settles, never fails, when nothing is being done to the name, or waits for its turn. */
  idle(name: string): Promise<void>
  /** As `idle`, of all names. */
  allIdle(): Promise<void>
}

/** In words for people: "The dataset is …". */
export type Doing = 'being deleted' | 'being emptied' | 'being copied to' | 'being closed'

interface Turn {
  /** Null where the name is only held. */
  readonly doing: Doing | null
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
    run: async (name, doing, work, held = []) => {
      const before = [name, ...held].flatMap(of)
      const {promise, resolve} = Promise.withResolvers<void>()
      const claims = [
        {name, turn: {doing, over: promise}},
        ...held.map((each) => ({name: each, turn: {doing: null, over: promise}})),
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
    doing: (name) => of(name).find((turn) => turn.doing !== null)?.doing ?? undefined,
    idle: (name) => over(of(name)),
    allIdle: () => over([...turns.values()].flat()),
  }
}
