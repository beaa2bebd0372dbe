/**
 * Describes how a query was answered (indexes read, documents, time), for a developer who wants to
 * know why it is slow: `explain=true`.
 */
export interface Explanation {
  /** Each way in which documents were found: an index, or `everything` for a scan of all. */
  readonly reads: readonly {
    readonly access: string
    readonly times: number
    readonly candidates: number
  }[]
  /** Documents evaluated, in all. */
  readonly candidates: number
  /** Documents parsed because they were in no cache. */
  readonly parsed: number
  /** References followed. */
  readonly dereferenced: number
  readonly bytes: number
  /** Where the query ran: on the thread that serves requests, or on one for long queries. */
  readonly thread: 'serving' | 'scan'
  /** Milliseconds, to the microsecond. `other` holds planning, waiting and moving between threads. */
  readonly ms: {readonly run: number; readonly encode: number; readonly other: number}
}

/** The work done for a result, on whichever thread. */
export type Work = Pick<Explanation, 'reads' | 'candidates' | 'parsed' | 'dereferenced'>

interface Timed {
  /** The result as JSON. */
  readonly result: string | Uint8Array
  /** Milliseconds. */
  readonly runTime: number
  readonly encodeTime: number
}

const toMicroseconds = (milliseconds: number): number => Math.round(milliseconds * 1000) / 1000

/** @param started When the request arrived, by `performance.now()`. */
export const explain = (
  {result, runTime, encodeTime}: Timed,
  {reads, candidates, parsed, dereferenced}: Work,
  thread: Explanation['thread'],
  started: number,
): Explanation => ({
  reads,
  candidates,
  parsed,
  dereferenced,
  bytes: Buffer.byteLength(result),
  thread,
  ms: {
    run: toMicroseconds(runTime),
    encode: toMicroseconds(encodeTime),
    other: toMicroseconds(performance.now() - started - runTime - encodeTime),
  },
})
