import {parentPort, workerData} from 'node:worker_threads'

import {LakeError} from '../errors.ts'
import {openDataset} from '../store/openDataset.ts'
import {createPlans} from './plans.ts'
import {runPlan} from './runPlan.ts'
import type {ScanReply, ScanTask, ScanThread} from './scanPool.ts'

/** The thread that long queries run on: a connection of its own to the same file, and no more. */

const {name, file}: ScanThread = workerData
const DOCUMENT_CACHE_BYTES = 16 * 1024 * 1024
const store = openDataset({
  name,
  file,
  documentCacheBytes: DOCUMENT_CACHE_BYTES,
  pageCacheKiB: 4096,
})
const plans = createPlans()

class Stopped extends Error {}

const answer = ({question, timeLimit, stop}: ScanTask): ScanReply => {
  const check = (): void => {
    if (Atomics.load(stop, 0) !== 0) throw new Stopped()
  }
  try {
    const plan = plans.get(question.query, question.params)
    return {
      outcome: runPlan(store, plan, question, {check, timeLimit}),
      misses: store.demand.missed(),
    }
  } catch (error) {
    if (error instanceof Stopped) return {stopped: true}
    if (!(error instanceof LakeError)) throw error
    const {status, message, body} = error
    return {error: {status, message, body}}
  }
}

parentPort?.on('message', (task: ScanTask) => {
  const reply = answer(task)
  const moved = 'outcome' in reply ? [reply.outcome.result.buffer] : []
  parentPort?.postMessage(
    reply,
    moved.filter((buffer) => buffer instanceof ArrayBuffer),
  )
})
