import {parentPort, workerData} from 'node:worker_threads'

import {LakeError} from '../errors.ts'
import {openDataset} from '../store/openDataset.ts'
import {createPlans} from './plans.ts'
import {runPlan} from './runPlan.ts'
import type {ScanReply, ScanTask, ScanThread} from './scanTask.ts'

/**
 * The thread for what takes long: queries that read documents by the thousand, and keeping indexes
 * up. It has a connection of its own to the same file, and small caches.
 */
const DOCUMENT_CACHE_BYTES = 16 * 1024 * 1024
const PAGE_CACHE_KIB = 4096
/** Maintenance goes on for so many milliseconds before others may have the thread. */
const MAINTENANCE_TIME = 100

const {name, file}: ScanThread = workerData
const store = openDataset({
  name,
  file,
  documentCacheBytes: DOCUMENT_CACHE_BYTES,
  pageCacheKiB: PAGE_CACHE_KIB,
  flushesCommits: false,
})
const plans = createPlans()

class Stopped extends Error {}

const answer = ({question, timeLimit, stop}: Extract<ScanTask, {kind: 'query'}>): ScanReply => {
  const check = (): void => {
    if (Atomics.load(stop, 0) !== 0) throw new Stopped()
  }
  try {
    // Who has written and then asks must find it.
    store.catchUp()
    const plan = plans.get(question.query, question.params)
    const outcome = runPlan(store, plan, question, {check, timeLimit})
    return {kind: 'answer', outcome, demand: store.demand.take()}
  } catch (error) {
    if (error instanceof Stopped) return {kind: 'stopped'}
    if (!(error instanceof LakeError)) throw error
    const {status, message, body} = error
    return {kind: 'error', status, message, body}
  }
}

const maintain = ({demand, now}: Extract<ScanTask, {kind: 'maintain'}>): ScanReply => {
  store.demand.add(demand)
  const end = performance.now() + MAINTENANCE_TIME
  let isUnfinished = true
  while (isUnfinished && performance.now() < end) isUnfinished = store.maintain(now)
  return {kind: 'maintained', isUnfinished}
}

parentPort?.on('message', (task: ScanTask) => {
  const reply = task.kind === 'query' ? answer(task) : maintain(task)
  const buffer = reply.kind === 'answer' ? reply.outcome.result.buffer : undefined
  parentPort?.postMessage(reply, buffer instanceof ArrayBuffer ? [buffer] : [])
})
