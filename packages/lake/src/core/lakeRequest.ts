/**
 * A request and a response as plain values, so that handlers do not depend on a server. Two
 * adapters convert them: `http/exchange/fetchAdapter.ts` for `lake.fetch`, `server/nodeAdapter.ts`
 * for `node:http`.
 */
export interface LakeRequest {
  readonly method: string
  /** As in the request line: `/v2025-02-19/data/query/production?query=*`. */
  readonly url: string
  /** Path without the version prefix, still percent-encoded: `/data/query/production`. */
  readonly path: string
  /** `v1`, `vX` or `v2025-02-19`; empty for paths without one (`/images/…`). */
  readonly version: string
  /** The query string, still encoded, without the question mark. */
  readonly search: string
  /** Network address of the client; empty for a request that did not come over a network. */
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

/** A request without its body. */
export type RequestHead = Pick<LakeRequest, 'method' | 'path' | 'version' | 'search' | 'header'>

export interface LakeResponse {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  /**
   * Several parts where joining them would copy much memory. The response owns these parts: their
   * buffers may be freed when they are sent.
   */
  readonly body:
    | string
    | Uint8Array
    | readonly Uint8Array[]
    | AsyncIterable<string | Uint8Array>
    | null
  /** Aborted when the rest of the body is dropped. */
  readonly cut?: AbortSignal
  /** Whether the same request would get the same response now; undefined for responses that must not be cached. */
  readonly isFresh?: () => boolean
}
