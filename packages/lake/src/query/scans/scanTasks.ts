/**
 * What a scan thread does: runs long queries and maintains indexes. It has its own connection to the
 * dataset's file, with small caches.
 */
import {createBudget} from '@copydesk/groq/engine'

import {asLakeError} from '../../core/errors.ts'
import {MAX_SCAN_DOCUMENT_CACHE_BYTES, SCAN_PAGE_CACHE_BYTES} from '../../core/limits.ts'
import {resultCodeOf} from '../../store/file/storageFault.ts'
import {openDataset} from '../../store/openDataset.ts'
import {createPlanCache} from '../planCache.ts'
import {runQueryPlan} from '../runQueryPlan.ts'
import type {ScannedDataset, ScanReply, ScanTask} from './scanMessages.ts'

/** Milliseconds of maintenance before queries may use the thread again. */
const MAINTENANCE_TIME = 100

class Stopped extends Error {}

/** @returns A function that carries out one task; it opens the dataset on first use. */
export const openScanTasks = (dataset: ScannedDataset): ((task: ScanTask) => ScanReply) => {
  let opened: ((task: ScanTask) => ScanReply) | undefined
  return (task) => {
    try {
      opened ??= open(dataset)
    } catch (error) {
      return failure(error)
    }
    return opened(task)
  }
}

const open = ({name, file, indexes, fast}: ScannedDataset): ((task: ScanTask) => ScanReply) => {
  const store = openDataset({
    name,
    file,
    documentCacheBytes: MAX_SCAN_DOCUMENT_CACHE_BYTES,
    pageCacheBytes: SCAN_PAGE_CACHE_BYTES,
    flushesCommits: false,
    checkpointsLater: true,
    indexes,
    fast,
  })
  const plans = createPlanCache(fast)

  const answer = ({task, timeLimit, stop}: Extract<ScanTask, {kind: 'query'}>): ScanReply => {
    const check = (): void => {
      if (Atomics.load(stop, 0) !== 0) throw new Stopped()
    }
    try {
      // A client must find what it has just written.
      store.catchUp()
      const plan = plans.get(task.query, task.params)
      const outcome = runQueryPlan(store, plan, task, createBudget({timeLimit, check}))
      return {kind: 'answer', outcome, indexUsage: store.indexUsage.take()}
    } catch (error) {
      if (error instanceof Stopped) return {kind: 'stopped'}
      return failure(error)
    }
  }

  const maintain = (task: Extract<ScanTask, {kind: 'maintain'}>): ScanReply => {
    const {indexUsage, now, mayWrite, stop} = task
    store.indexUsage.add(indexUsage)
    const end = performance.now() + MAINTENANCE_TIME
    const work = mayWrite ? 'write' : 'read'
    try {
      if (!mayWrite) store.checkpoint()
      while (
        store.nextMaintenance() === work &&
        performance.now() < end &&
        Atomics.load(stop, 0) === 0
      ) {
        store.maintain(now)
      }
      return {kind: 'maintained', next: store.nextMaintenance()}
    } catch (error) {
      return failure(error)
    }
  }

  return (task) => (task.kind === 'query' ? answer(task) : maintain(task))
}

/** @throws Errors that are bugs of the lake. */
const failure = (error: unknown): ScanReply => {
  const known = asLakeError(error)
  if (!known) throw error
  const {status, message, body} = known
  return {kind: 'error', status, message, body, resultCode: resultCodeOf(error)}
}
