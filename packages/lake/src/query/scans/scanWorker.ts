import {enableCompileCache} from 'node:module'
import {isArrayBuffer, isUint8Array} from 'node:util/types'
import {parentPort, workerData} from 'node:worker_threads'

import type {ThreadData} from '../../core/thread.ts'
import type {ScannedDataset, ScanTask} from './scanTask.ts'

/**
 * Where a scan thread begins. Where the process keeps compiled modules the thread takes them from
 * there: without, it would strip the types once more, with a tool that takes 30 MB of memory.
 */
const {compileCache, ...dataset}: ThreadData<ScannedDataset> = workerData
if (compileCache !== undefined) enableCompileCache(compileCache)
const {openScanTasks} = await import('./scanTasks.ts')
const carryOut = openScanTasks(dataset)

parentPort?.on('message', (task: ScanTask) => {
  const reply = carryOut(task)
  const result = reply.kind === 'answer' ? reply.outcome.result : undefined
  const buffer = isUint8Array(result) ? result.buffer : undefined
  parentPort?.postMessage(reply, isArrayBuffer(buffer) ? [buffer] : [])
})
