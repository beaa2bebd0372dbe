/**
 * Long work that clients ask about by id. A lake does such work before it answers, so a job is
 * over when its id is told; the last hundred are remembered.
 */
export interface Jobs {
  /** @returns The id of a job that is completed. */
  done(work: CopyWork): string
  get(id: string): Job | undefined
  /** The newest first. */
  list(): readonly Job[]
}

export interface CopyWork extends Copied {
  readonly description: string
  /** Milliseconds since 1970. */
  readonly started: number
}

/** A type, not an interface, so that it is JSON. */
type Copied = {
  readonly sourceDataset: string
  readonly targetDataset: string
  readonly withHistory: boolean
}

export interface Job {
  readonly id: string
  readonly state: 'completed'
  readonly progress: 100
  readonly description: string
  /** ISO 8601 in UTC. */
  readonly created_at: string
  readonly updated_at: string
  readonly copied: Copied
}

const REMEMBERED = 100

export const createJobs = (now: () => number, newId: () => string): Jobs => {
  const jobs = new Map<string, Job>()
  return {
    done: ({description, started, ...copied}) => {
      const id = newId()
      jobs.set(id, {
        id,
        state: 'completed',
        progress: 100,
        description,
        created_at: new Date(started).toISOString(),
        updated_at: new Date(now()).toISOString(),
        copied,
      })
      const oldest = jobs.keys().next()
      if (jobs.size > REMEMBERED && oldest.done !== true) jobs.delete(oldest.value)
      return id
    },
    get: (id) => jobs.get(id),
    list: () => [...jobs.values()].toReversed(),
  }
}
