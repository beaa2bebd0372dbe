/**
 * The jobs API for copies of datasets: clients poll a job by its id. A lake finishes the copy before it
 * responds, so every job is completed when its id is known. The last hundred are kept.
 */
export interface CopyJobs {
  /** Adds a completed job. @returns Its id. */
  done(work: CopyWork): string
  get(id: string): CopyJob | undefined
  /** The newest first. */
  list(): readonly CopyJob[]
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

export interface CopyJob {
  readonly id: string
  readonly state: 'completed'
  readonly progress: 100
  readonly description: string
  /** ISO 8601 in UTC. */
  readonly created_at: string
  readonly updated_at: string
  readonly copied: Copied
}

const MAX_JOBS = 100

export const createCopyJobs = (now: () => number, newId: () => string): CopyJobs => {
  const jobs = new Map<string, CopyJob>()
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
      if (jobs.size > MAX_JOBS && oldest.done !== true) jobs.delete(oldest.value)
      return id
    },
    get: (id) => jobs.get(id),
    list: () => [...jobs.values()].toReversed(),
  }
}
