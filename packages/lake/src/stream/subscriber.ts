import type {Commit} from '../core/commit.ts'
import type {Interest} from './interest.ts'

/** Follows the commits of one dataset: a listener, live events, the schedule of releases. */
export interface Subscriber {
  /** It may be told later than at once, when others have taken long. */
  readonly mayWait?: true
  onCommit(commit: Commit): void
  /**
   * What it is to hear of commits of another thread, if not the whole commit: that costs the serving
   * thread the least.
   */
  readonly following?: Following
  /** Some commits will not be told. */
  onLoss?(): void
  /** The dataset is gone. */
  onClose?(): void
}

export interface Following {
  readonly interest: Interest
  /** @param events Encoded server-sent events. */
  hear(events: Uint8Array): void
  /** It cannot be worked out. */
  fail?(reason: string): void
}
