/**
 * A request and a response as plain values, so that handlers neither know nor pay for the server
 * they run under. Two thin adapters stand around it: `lake.fetch` (web standard) and `node:http`.
 */
export interface LakeRequest {
  readonly method: string
  /** As HTTP carries it: `/v2025-02-19/data/query/production?query=*`. */
  readonly url: string
  /** Path without the version prefix, percent-decoding not yet applied: `/data/query/production`. */
  readonly path: string
  /** `v1`, `vX` or `v2025-02-19`; empty for paths without one (`/images/…`). */
  readonly version: string
  /** What follows `?`, undecoded, without the question mark. */
  readonly search: string
  /** Network address of the client; empty for requests that came over no network. */
  readonly address: string
  /** Header by lower-case name. */
  header(name: string): string | undefined
  /** The whole body; throws the documented 413 error when it is longer than `limit` bytes. */
  body(limit: number): Promise<Uint8Array>
  /** The body as it arrives, for uploads. */
  stream(): AsyncIterable<Uint8Array>
  /** Aborted when the client goes away. */
  readonly signal: AbortSignal
}

/** What a request says before its body. */
export type RequestHead = Pick<LakeRequest, 'method' | 'path' | 'version' | 'search' | 'header'>

export interface LakeResponse {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  /**
   * In several parts where putting them together would copy much. Nobody else has those: their
   * memory may be given back when they are sent.
   */
  readonly body:
    | string
    | Uint8Array
    | readonly Uint8Array[]
    | AsyncIterable<string | Uint8Array>
    | null
  /** Aborted when the rest of the body is dropped, whatever the client has taken of it. */
  readonly cut?: AbortSignal
  /** Whether the same request would be answered the same now; without it nobody may assume so. */
  readonly isFresh?: () => boolean
}
