/** A page or file of the site as it is cached: bytes, their tag, and a compressed copy. */
import {createHash} from 'node:crypto'
import {promisify} from 'node:util'
import {brotliCompress, constants} from 'node:zlib'

import type {Answer} from '../freshness/answers.ts'

/** A cached answer with what conditional and compressed requests need. */
export interface Page extends Answer {
  /** Set for part of a story that is not free: who may read all of it. */
  readonly access?: 'registered' | 'subscriber'
  /** Changes with the body; without quotation marks. */
  readonly tag: string
  /** The body in Brotli, made when the first reader accepts it; null if it would save nothing. */
  readonly compressed: () => Promise<Uint8Array<ArrayBuffer> | null>
}

interface Parts {
  readonly status?: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Uint8Array<ArrayBuffer>
}

const compress = promisify(brotliCompress)

/** Below this many bytes, compression saves no packet. */
const WORTHWHILE = 1_000

/** Good compression at little cost; a cached page is compressed once. */
const QUALITY = 5

/** Prepares an answer for the cache. */
export const pageOf = ({status = 200, headers, body}: Parts): Page => {
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body
  const isText = !/^(?:image|font)\//.test(headers['content-type'] ?? '')
  let compressed: Promise<Uint8Array<ArrayBuffer> | null> | undefined
  return {
    status,
    headers,
    body: bytes,
    tag: createHash('sha256').update(bytes).digest('base64url').slice(0, 22),
    compressed: () => {
      if (!isText || bytes.length < WORTHWHILE) return Promise.resolve(null)
      compressed ??= compress(bytes, {params: {[constants.BROTLI_PARAM_QUALITY]: QUALITY}}).then(
        (made) => new Uint8Array(made),
      )
      return compressed
    },
  }
}
