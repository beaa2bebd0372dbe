import {MAX_SCAN_THREAD_MB} from '../../core/limits.ts'
import {startThread, type Thread} from '../../core/thread.ts'
import type {ScannedDataset, ScanReply, ScanTask} from './scanTask.ts'

/** One scan thread, seen from the serving one. */
export type ScanThread = Thread<ScanTask, ScanReply>

export const startScanThread = (dataset: ScannedDataset): ScanThread =>
  startThread({
    script: './scanWorker',
    base: import.meta,
    data: dataset,
    mostMemoryMb: MAX_SCAN_THREAD_MB,
  })
