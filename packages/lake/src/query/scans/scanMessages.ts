/**
 * The messages between the serving thread and a scan thread: plain values, one task at a time.
 */
import type {JsonObject} from '../../core/document.ts'
import type {FastOption} from '../../core/fast.ts'
import type {IndexUsageReport} from '../../store/indexes/indexUsage.ts'
import type {IndexDefinition} from '../../store/indexes/values/valueIndexes.ts'
import type {QueryOutcome, QueryTask} from '../runQueryPlan.ts'

export type ScanTask =
  | {
      readonly kind: 'query'
      readonly task: QueryTask
      /** Milliseconds. */
      readonly timeLimit: number
      /** Not 0 means stop. Shared, because the thread reads no messages while it works. */
      readonly stop: Int32Array
    }
  | {
      readonly kind: 'maintain'
      /** Indexes that readers on other threads missed and used. */
      readonly indexUsage: IndexUsageReport
      /** Milliseconds since 1970. */
      readonly now: number
      /** Whether it is its turn to write; otherwise it only reads. */
      readonly mayWrite: boolean
      /** Not 0 means finish soon, because a writer waits. Shared. */
      readonly stop: Int32Array
    }

export type ScanReply =
  | {readonly kind: 'answer'; readonly outcome: QueryOutcome; readonly indexUsage: IndexUsageReport}
  | {readonly kind: 'maintained'; readonly next: 'read' | 'write' | undefined}
  | {readonly kind: 'stopped'}
  | {
      readonly kind: 'error'
      readonly status: number
      readonly message: string
      readonly body: JsonObject
      /** SQLite's result code, for a failure of disk or file. */
      readonly resultCode: number | undefined
    }

/** The dataset that a thread reads. */
export interface ScannedDataset {
  readonly name: string
  readonly file: string
  /** Value indexes to build before a query needs them. */
  readonly indexes?: readonly IndexDefinition[] | undefined
  /** Which optimisations the thread uses. */
  readonly fast?: FastOption | undefined
}
