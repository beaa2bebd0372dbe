import type {JsonObject} from '../../core/document.ts'
import type {IndexUsageReport} from '../../store/indexes/indexUsage.ts'
import type {Outcome, Question} from '../runPlan.ts'

/** What goes to a scan thread and what comes back: plain values, one task at a time. */
export type ScanTask =
  | {
      readonly kind: 'query'
      readonly question: Question
      /** Milliseconds. */
      readonly timeLimit: number
      /** Not zero: stop. Shared, for the thread reads no messages while it works. */
      readonly stop: Int32Array
    }
  | {
      readonly kind: 'maintain'
      /** What readers on other threads missed and used. */
      readonly demand: IndexUsageReport
      /** Milliseconds since 1970. */
      readonly now: number
      /** Not zero: come to an end, for somebody waits to write. Shared. */
      readonly stop: Int32Array
    }

export type ScanReply =
  | {readonly kind: 'answer'; readonly outcome: Outcome; readonly demand: IndexUsageReport}
  | {readonly kind: 'maintained'; readonly isUnfinished: boolean}
  | {readonly kind: 'stopped'}
  | {
      readonly kind: 'error'
      readonly status: number
      readonly message: string
      readonly body: JsonObject
      /** SQLite's, where the machine is at fault. */
      readonly resultCode: number | undefined
    }

/** Which dataset a thread reads. */
export interface ScannedDataset {
  readonly name: string
  readonly file: string
}
