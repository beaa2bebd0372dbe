import type {JsonObject} from './document.ts'

/**
 * Long work that clients ask about by id. A lake does such work before it answers, so a job is
 * over when its id is told; the last hundred are remembered.
 */
export interface Jobs {
  /** @returns The id of a job that is completed. */
  done(description: string): string
  get(id: string): JsonObject | undefined
}

const REMEMBERED = 100

export const createJobs = (now: () => number, newId: () => string): Jobs => {
  const jobs = new Map<string, JsonObject>()
  return {
    done: (description) => {
      const id = newId()
      const time = new Date(now()).toISOString()
      jobs.set(id, {
        id,
        state: 'completed',
        progress: 100,
        description,
        created_at: time,
        updated_at: time,
      })
      const oldest = jobs.keys().next()
      if (jobs.size > REMEMBERED && oldest.done !== true) jobs.delete(oldest.value)
      return id
    },
    get: (id) => jobs.get(id),
  }
}
