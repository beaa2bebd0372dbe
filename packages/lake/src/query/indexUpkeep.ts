/**
 * Runs the store's index maintenance in the background: on a thread of its own, or for a dataset in
 * memory for a few milliseconds between requests. Nothing runs while there are no queries, unless
 * indexes are declared, and no timer keeps the process alive.
 */
import type {DatasetStore} from '../store/datasetStore.ts'
import type {ScanPool, WriteTurns} from './scans/scanPool.ts'

export interface IndexUpkeep {
  /** Call this after each query: there may be work. */
  wake(): void
  stop(): void
}

export interface IndexUpkeepOptions {
  readonly store: DatasetStore
  /** Undefined for a dataset in memory. */
  readonly pool: ScanPool | undefined
  readonly turns: WriteTurns
  /** Milliseconds since 1970. */
  readonly now: () => number
  readonly onError: (error: unknown) => void
  /** Whether it looks for work by itself too: indexes can be due before there are queries. */
  readonly watches: boolean
}

/** Milliseconds from `wake` to the first check, and between two portions of work. */
const FIRST_PAUSE = 50
const PAUSE = 10
const PAUSE_AFTER_FAILURE = 60_000
/** Milliseconds between two looks. */
const REST = 1000

export const createIndexUpkeep = ({
  store,
  pool,
  turns,
  now,
  onError,
  watches,
}: IndexUpkeepOptions): IndexUpkeep => {
  let timer: NodeJS.Timeout | undefined
  let isResting = false
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
    isResting = false
    let isUnfinished = false
    try {
      isUnfinished = (wasUnfinished || store.nextMaintenance() !== undefined) && (await portion())
    } finally {
      timer = undefined
    }
    if (isStopped) return
    if (isUnfinished) schedule(PAUSE, true)
    else rest()
  }

  const rest = (): void => {
    if (!watches) return
    schedule(REST)
    isResting = true
  }

  const portion = (): Promise<boolean> | boolean =>
    pool ? pool.maintain(store.indexUsage.take, now(), turns) : store.maintain(now())

  rest()
  return {
    wake() {
      if ((timer && !isResting) || isStopped) return
      isResting = false
      clearTimeout(timer)
      schedule(FIRST_PAUSE)
    },
    stop() {
      isStopped = true
      clearTimeout(timer)
    },
  }
}
