/**
 * Entry of the writer thread; compiled modules as in `query/scans/scanWorker.ts`.
 */
import {enableCompileCache} from 'node:module'
import {isArrayBuffer} from 'node:util/types'
import {parentPort, workerData} from 'node:worker_threads'

import type {ThreadData} from '../core/thread.ts'
import type {WriterTask, WrittenDataset} from './writerMessages.ts'

const {compileCache, ...dataset}: ThreadData<WrittenDataset> = workerData
if (compileCache !== undefined) enableCompileCache(compileCache)
const {openWriterTasks} = await import('./writerTasks.ts')
const carryOut = openWriterTasks(dataset)

parentPort?.on('message', (task: WriterTask) => {
  const reply = carryOut(task)
  const buffer = reply.kind === 'written' ? reply.answer.buffer : undefined
  parentPort?.postMessage(reply, isArrayBuffer(buffer) ? [buffer] : [])
})
