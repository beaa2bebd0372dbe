import {getCompileCacheDir} from 'node:module'
import {extname} from 'node:path'
import {Worker} from 'node:worker_threads'

import {MAX_SCAN_THREAD_MB} from '../limits.ts'
import type {ScannedDataset, ScanReply, ScanTask, ScanThread as ThreadData} from './scanTask.ts'

/** One scan thread, seen from the serving one. */
export interface ScanThread {
  /**
   * Gives the thread a task; one at a time.
   * @throws When the thread ends before it has answered.
   */
  run(task: ScanTask): Promise<ScanReply>
  /** Whether it can take another task. */
  readonly isAlive: boolean
  end(): void
}

export const startScanThread = (dataset: ScannedDataset): ScanThread => {
  // TypeScript in a checkout, JavaScript in the package.
  const script = new URL(`./scanWorker${extname(import.meta.filename)}`, import.meta.url)
  const data: ThreadData = {...dataset, compileCache: getCompileCacheDir()}
  const worker = new Worker(script, {
    workerData: data,
    resourceLimits: {maxOldGenerationSizeMb: MAX_SCAN_THREAD_MB, maxYoungGenerationSizeMb: 16},
  })
  // A process that waits for no answer may end.
  worker.unref()
  let isAlive = true
  let waiting: PromiseWithResolvers<ScanReply> | undefined
  const fail = (error: unknown): void => {
    isAlive = false
    waiting?.reject(error)
    waiting = undefined
  }
  worker.on('message', (reply: ScanReply) => {
    worker.unref()
    waiting?.resolve(reply)
    waiting = undefined
  })
  worker.on('error', fail)
  worker.on('exit', () => fail(new Error('The scan thread has ended.')))
  return {
    run(task) {
      waiting = Promise.withResolvers()
      if (task.kind === 'query') worker.ref()
      worker.postMessage(task, [])
      return waiting.promise
    },
    get isAlive() {
      return isAlive
    },
    end: () => void worker.terminate(),
  }
}

/** Whether a thread ended because a task needed more memory than it may have. */
export const isOutOfMemory = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
