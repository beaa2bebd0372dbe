/**
 * Entry of the thread that edits the copied file of a dataset; compiled modules as in
 * `query/scans/scanWorker.ts`.
 */
import {enableCompileCache} from 'node:module'
import {parentPort, workerData} from 'node:worker_threads'

import type {ThreadData} from '../core/thread.ts'
import type {CopyTask} from './prepareCopy.ts'

const {compileCache}: ThreadData<object> = workerData
if (compileCache !== undefined) enableCompileCache(compileCache)
const {changeCopy} = await import('./prepareCopy.ts')

parentPort?.on('message', (task: CopyTask) => parentPort?.postMessage(changeCopy(task), []))
