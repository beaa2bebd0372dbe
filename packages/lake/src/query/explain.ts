/** How an answer came about, for a developer who wonders why a query is slow. */
export interface Explanation {
  /** Each way in which documents were found: an index, or `everything` for a scan. */
  readonly reads: readonly {
    readonly access: string
    readonly times: number
    readonly candidates: number
  }[]
  /** Documents looked at, all ways together. */
  readonly candidates: number
  /** Documents that were in no cache and had to be parsed. */
  readonly parsed: number
  /** References followed. */
  readonly dereferenced: number
  readonly bytes: number
  /** Where it ran: on the thread that serves requests, or on one for long queries. */
  readonly thread: 'serving' | 'scan'
  /** Milliseconds, to the microsecond. `other` holds planning, waiting and moving between threads. */
  readonly ms: {readonly run: number; readonly encode: number; readonly other: number}
}

/** What was done for an answer, wherever it ran. */
export type Work = Pick<Explanation, 'reads' | 'candidates' | 'parsed' | 'dereferenced'>

interface Timed {
  /** The answer as JSON. */
  readonly result: string | Uint8Array
  /** Milliseconds. */
  readonly runTime: number
  readonly encodeTime: number
}

const toMicroseconds = (milliseconds: number): number => Math.round(milliseconds * 1000) / 1000

/** @param started When the request came, by `performance.now()`. */
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
