/**
 * Quick writes that arrive together share one transaction of SQLite: beginning it, and waiting for
 * the disk at its end, take longer than most writes themselves. Each is still all or none.
 */
import type {WriteAnswer, WriteClient, WriteRequest, WriteResult} from './writeRequest.ts'

/** A client's write that the serving thread will try, and its promise. */
export interface QuickWrite {
  readonly request: WriteRequest
  readonly body: Uint8Array
  readonly client: WriteClient
  resolve(answer: WriteAnswer | Promise<WriteAnswer>): void
  reject(error: unknown): void
}

/** A write that was applied, or the error it failed with. */
export type Tried =
  | {readonly write: QuickWrite; readonly written: WriteResult}
  | {readonly write: QuickWrite; readonly written?: never; readonly error: unknown}

export interface Together {
  /** Takes the next write out of the queue. */
  readonly next: () => QuickWrite | undefined
  /** Whether there is only one, which needs no shared transaction. */
  readonly isAlone: boolean
  /** As `DatasetStore.together`. */
  readonly together: (work: () => void) => void
  /** Milliseconds after which no other write is added. */
  readonly time: number
  readonly apply: (write: QuickWrite) => WriteResult
  /** Whether the turn ends after a write that failed like this. */
  readonly endsTurn: (error: unknown) => boolean
}

/**
 * Applies writes in order.
 * @returns Those taken out of the queue, when the written ones are on the disk. If the shared
 *   transaction fails, each has failed with its error, and so has the first if it does not begin.
 */
export const applyTogether = ({
  next,
  isAlone,
  together,
  time,
  apply,
  endsTurn,
}: Together): readonly Tried[] => {
  const end = performance.now() + time
  const tried: Tried[] = []
  const first = next()
  if (first === undefined) return tried
  let isOver = false
  const applyAll = (): void => {
    for (let write: QuickWrite | undefined = first; write; write = isOver ? undefined : next()) {
      try {
        tried.push({write, written: apply(write)})
        isOver = performance.now() > end
      } catch (error) {
        tried.push({write, error})
        isOver = endsTurn(error)
      }
    }
  }
  try {
    if (isAlone) applyAll()
    else together(applyAll)
    return tried
  } catch (error) {
    const failed = tried.length > 0 ? tried.map(({write}) => write) : [first]
    return failed.map((write) => ({write, error}))
  }
}
