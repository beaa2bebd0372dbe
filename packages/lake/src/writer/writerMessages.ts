/**
 * The messages between the serving thread and the writer thread: plain values, one task at a time.
 */
import type {JsonObject} from '../core/document.ts'
import type {Edit} from '../store/history/lastEdit.ts'
import type {Subscription, CommitNotification} from '../stream/subscription.ts'
import type {WriteRequest} from './writeRequest.ts'

export type WriterTask =
  | {
      readonly kind: 'write'
      readonly request: WriteRequest
      /** JSON as sent, to be parsed by the thread. */
      readonly body: Uint8Array
      /** Start of the transaction, in milliseconds since 1970. */
      readonly now: number
      /** Names of the project's datasets, for references into others. */
      readonly datasets: readonly string[]
      /** See `LastEdit`. */
      readonly unanswered: Edit | undefined
      /** Not 0 means stop. Shared, because the thread reads no messages while it works. */
      readonly stop: Int32Array
    }
  | {
      /** Works out what each follower of the commits is sent about the last write. */
      readonly kind: 'notify'
      readonly subscriptions: readonly Subscription[]
      /** For `now()` in listeners' filters. */
      readonly now: number
    }
  /** Requests the next portion of that. */
  | {readonly kind: 'nextPortion'}

export type WriterReply =
  | {
      readonly kind: 'written'
      /** JSON. */
      readonly answer: Uint8Array
      readonly hasCommitted: boolean
      /** See `LastEdit`, after the write. */
      readonly unanswered: Edit | undefined
    }
  /** An empty portion is the last one. */
  | {readonly kind: 'news'; readonly portion: readonly CommitNotification[]}
  | {readonly kind: 'stopped'}
  | {
      readonly kind: 'error'
      readonly status: number
      readonly message: string
      readonly body: JsonObject
      readonly headers: Readonly<Record<string, string>>
      /** Set for errors that no client caused. */
      readonly cause: unknown
      /** SQLite's result code, for a failure of disk or file. */
      readonly resultCode: number | undefined
    }

/** The dataset that a thread writes to. */
export interface WrittenDataset {
  readonly name: string
  readonly file: string
  readonly projectId: string
  /** See `DatasetOptions`. */
  readonly flushesCommits: boolean
}
