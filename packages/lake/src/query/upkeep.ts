import type {DatasetStore} from '../store/datasetStore.ts'
import type {ScanPool, WriteTurns} from './scans/scanPool.ts'

/**
 * Keeps the dataset's indexes up with what is asked: on a scan thread, or for a dataset in memory a
 * few milliseconds at a time in the pauses between requests. Nothing runs while nobody asks
 * anything, and no timer keeps a process alive.
 */
export interface Upkeep {
  /** Somebody has asked something: there may be work. */
  wake(): void
  stop(): void
}

/** Milliseconds from waking to the first look, and between two portions of work. */
const FIRST_PAUSE = 50
const PAUSE = 10
const PAUSE_AFTER_FAILURE = 60_000

export const createUpkeep = (
  store: DatasetStore,
  pool: ScanPool | undefined,
  turns: WriteTurns,
  now: () => number,
  onError: (error: unknown) => void,
): Upkeep => {
  let timer: NodeJS.Timeout | undefined
  let isStopped = false

  const schedule = (pause: number): void => {
    timer = setTimeout(() => void work().catch(fail), pause)
    timer.unref()
  }

  /** It waits longer then: on a full disk each query would begin what cannot be done. */
  const fail = (error: unknown): void => {
    if (isStopped) return
    store.noteFault(error)
    onError(error)
    schedule(PAUSE_AFTER_FAILURE)
  }

  const work = async (): Promise<void> => {
    let isUnfinished = false
    try {
      isUnfinished = store.isMaintenanceDue() && (await portion())
    } finally {
      timer = undefined
      if (isUnfinished && !isStopped) schedule(PAUSE)
    }
  }

  const portion = (): Promise<boolean> | boolean =>
    pool ? pool.maintain(store.indexUsage.take, now(), turns) : store.maintain(now())

  return {
    wake() {
      if (!timer && !isStopped) schedule(FIRST_PAUSE)
    },
    stop() {
      isStopped = true
      clearTimeout(timer)
    },
  }
}
