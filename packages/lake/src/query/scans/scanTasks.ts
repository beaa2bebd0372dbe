import {createBudget} from '@copydesk/groq/engine'

import {asLakeError} from '../../core/errors.ts'
import {MAX_SCAN_DOCUMENT_CACHE_BYTES, SCAN_PAGE_CACHE_BYTES} from '../../core/limits.ts'
import {resultCodeOf} from '../../store/file/storageFault.ts'
import {openDataset} from '../../store/openDataset.ts'
import {createPlans} from '../plans.ts'
import {runPlan} from '../runPlan.ts'
import type {ScannedDataset, ScanReply, ScanTask} from './scanTask.ts'

/** Maintenance goes on for so many milliseconds before others may have the thread. */
const MAINTENANCE_TIME = 100

class Stopped extends Error {}

/**
 * What a thread does that is there for what takes long: queries that read documents by the
 * thousand, and keeping indexes up. It has a connection of its own to the same file, and small
 * caches.
 */
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

const open = ({name, file}: ScannedDataset): ((task: ScanTask) => ScanReply) => {
  const store = openDataset({
    name,
    file,
    documentCacheBytes: MAX_SCAN_DOCUMENT_CACHE_BYTES,
    pageCacheBytes: SCAN_PAGE_CACHE_BYTES,
    flushesCommits: false,
  })
  const plans = createPlans()

  const answer = ({question, timeLimit, stop}: Extract<ScanTask, {kind: 'query'}>): ScanReply => {
    const check = (): void => {
      if (Atomics.load(stop, 0) !== 0) throw new Stopped()
    }
    try {
      // Who has written and then asks must find it.
      store.catchUp()
      const plan = plans.get(question.query, question.params)
      const outcome = runPlan(store, plan, question, createBudget({timeLimit, check}))
      return {kind: 'answer', outcome, demand: store.indexUsage.take()}
    } catch (error) {
      if (error instanceof Stopped) return {kind: 'stopped'}
      return failure(error)
    }
  }

  const maintain = ({demand, now, stop}: Extract<ScanTask, {kind: 'maintain'}>): ScanReply => {
    store.indexUsage.add(demand)
    const end = performance.now() + MAINTENANCE_TIME
    let isUnfinished = true
    try {
      while (isUnfinished && performance.now() < end && Atomics.load(stop, 0) === 0) {
        isUnfinished = store.maintain(now)
      }
    } catch (error) {
      return failure(error)
    }
    return {kind: 'maintained', isUnfinished}
  }

  return (task) => (task.kind === 'query' ? answer(task) : maintain(task))
}

/** @throws What only the lake is to blame for. */
const failure = (error: unknown): ScanReply => {
  const known = asLakeError(error)
  if (!known) throw error
  const {status, message, body} = known
  return {kind: 'error', status, message, body, resultCode: resultCodeOf(error)}
}
