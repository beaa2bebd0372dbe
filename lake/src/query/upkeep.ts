import type {DatasetStore} from '../store/datasetStore.ts'

/**
 * Keeps the dataset's indexes up with what is asked, a few milliseconds at a time in the pauses
 * between requests. Nothing runs while nobody asks anything, and no timer keeps a process alive.
 */
export interface Upkeep {
  /** Somebody has asked something: there may be work. */
  wake(): void
  stop(): void
}

/** Milliseconds from waking to the first look, and between two steps of work. */
const FIRST_PAUSE = 50
const PAUSE = 10

export const createUpkeep = (store: DatasetStore, now: () => number): Upkeep => {
  let timer: NodeJS.Timeout | undefined
  const schedule = (pause: number): void => {
    timer = setTimeout(work, pause)
    timer.unref()
  }
  const work = (): void => {
    timer = undefined
    if (store.maintain(now())) schedule(PAUSE)
  }
  return {
    wake() {
      if (!timer) schedule(FIRST_PAUSE)
    },
    stop: () => clearTimeout(timer),
  }
}
