/**
 * Entry of a scan thread. If the process caches compiled modules, so does the thread; otherwise it
 * would strip the types again, with a tool that needs 30 MB of memory.
 */
import {enableCompileCache} from 'node:module'
import {isArrayBuffer, isUint8Array} from 'node:util/types'
import {parentPort, workerData} from 'node:worker_threads'

import type {ThreadData} from '../../core/thread.ts'
import type {ScannedDataset, ScanTask} from './scanMessages.ts'

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
