import type {JsonObject} from '../core/document.ts'
import type {Edit} from '../store/history/lastEdit.ts'
import type {Subscription, CommitNotification} from '../stream/subscription.ts'
import type {WriteRequest} from './writeRequest.ts'

/** What goes to a writer thread and what comes back: plain values, one task at a time. */
export type WriterTask =
  | {
      readonly kind: 'write'
      readonly request: WriteRequest
      /** As sent; parsed where it is carried out. */
      readonly body: Uint8Array
      /** When the transaction begins, in milliseconds since 1970. */
      readonly now: number
      /** Names of the project's datasets, for references into others. */
      readonly datasets: readonly string[]
      /** See `LastEdit`. */
      readonly unanswered: Edit | undefined
      /** Not zero: stop. Shared, for the thread reads no messages while it works. */
      readonly stop: Int32Array
    }
  | {
      /** Works out what those who follow the commits are to hear of the last write. */
      readonly kind: 'tell'
      readonly subscriptions: readonly Subscription[]
      /** For `now()` in listeners' filters. */
      readonly now: number
    }
  /** Asks for the next portion of that. */
  | {readonly kind: 'goOn'}

export type WriterReply =
  | {
      readonly kind: 'written'
      /** JSON. */
      readonly answer: Uint8Array
      readonly hasCommitted: boolean
      /** See `LastEdit`, after the write. */
      readonly unanswered: Edit | undefined
    }
  /** Nothing more follows after an empty portion. */
  | {readonly kind: 'news'; readonly portion: readonly CommitNotification[]}
  | {readonly kind: 'stopped'}
  | {
      readonly kind: 'error'
      readonly status: number
      readonly message: string
      readonly body: JsonObject
      readonly headers: Readonly<Record<string, string>>
      /** Of a failure that no client caused. */
      readonly cause: unknown
      /** SQLite's, where the machine is at fault. */
      readonly resultCode: number | undefined
    }

/** Which dataset a thread writes to. */
export interface WrittenDataset {
  readonly name: string
  readonly file: string
  readonly projectId: string
}
