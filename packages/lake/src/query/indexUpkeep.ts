/**
 * Runs the store's index maintenance in the background: on a scan thread, or for a dataset in memory
 * for a few milliseconds between requests. Nothing runs while there are no queries, and no timer keeps
 * the process alive.
 */
import type {DatasetStore} from '../store/datasetStore.ts'
import type {ScanPool, WriteTurns} from './scans/scanPool.ts'

export interface IndexUpkeep {
  /** Call this after each query: there may be work. */
  wake(): void
  stop(): void
}

/** Milliseconds from `wake` to the first check, and between two portions of work. */
const FIRST_PAUSE = 50
const PAUSE = 10
const PAUSE_AFTER_FAILURE = 60_000

export const createIndexUpkeep = (
  store: DatasetStore,
  pool: ScanPool | undefined,
  turns: WriteTurns,
  now: () => number,
  onError: (error: unknown) => void,
): IndexUpkeep => {
  let timer: NodeJS.Timeout | undefined
  let isStopped = false

  /** @param isUnfinished Whether a thread knows of more to do than the store. */
  const schedule = (pause: number, isUnfinished = false): void => {
    timer = setTimeout(() => void work(isUnfinished).catch(fail), pause)
    timer.unref()
  }

  /** Waits longer after a failure: on a full disk every query would start work that fails again. */
  const fail = (error: unknown): void => {
    if (isStopped) return
    store.noteFault(error)
    onError(error)
    schedule(PAUSE_AFTER_FAILURE)
  }

  const work = async (wasUnfinished: boolean): Promise<void> => {
    let isUnfinished = false
    try {
      isUnfinished = (wasUnfinished || store.nextMaintenance() !== undefined) && (await portion())
    } finally {
      timer = undefined
      if (isUnfinished && !isStopped) schedule(PAUSE, true)
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
