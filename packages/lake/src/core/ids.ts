import {randomBytes} from 'node:crypto'

/**
 * What the lake's names may look like: ids of documents and transactions, names of datasets and
 * releases, tags of requests. Sources: sanity.io/docs/content-lake/ids and the validators of
 * `@sanity/client`. How the ids of drafts and versions hang together is GROQ's business as well.
 */
import {MAX_ID_LENGTH} from './limits.ts'

export {
  bundleOf,
  draftId,
  isDraftId,
  isVersionId,
  publishedId,
  releaseDocumentId,
  releaseName,
  releaseOf,
  versionId,
  versionPrefix,
} from '@copydesk/groq/engine'

const DOCUMENT_ID = /^[A-Za-z0-9_][A-Za-z0-9_.-]*$/
const EMPTY_OR_DASHED_SEGMENT = /\.(?:\.|-|$)/

/** Whether a document may have this id: letters, digits and `_.-`, no empty segment, none that starts with `-`. */
export const isDocumentId = (id: string): boolean =>
  id.length <= MAX_ID_LENGTH && DOCUMENT_ID.test(id) && !EMPTY_OR_DASHED_SEGMENT.test(id)

/** Whether only signed-in readers may see the document: a dot anywhere makes an id private. */
export const isPrivateId = (id: string): boolean => id.includes('.')

const RELEASE_NAME = /^[A-Za-z0-9_][A-Za-z0-9_-]{0,63}$/
const TAKEN_PERSPECTIVES = new Set(['drafts', 'published', 'previewDrafts', 'raw', 'versions'])

/** One segment of an id that is not the name of a perspective. Clients make `r` and 8 characters. */
export const isReleaseName = (name: string): boolean =>
  RELEASE_NAME.test(name) && !TAKEN_PERSPECTIVES.has(name)

const DATASET_NAME = /^~?[a-z0-9][-\w]{0,63}$/

/** Lower case at the start, then letters, digits, `_` and `-`; `~` marks an add-on's dataset. */
export const isDatasetName = (name: string): boolean => DATASET_NAME.test(name)

const REQUEST_TAG = /^[a-z0-9._-]{1,75}$/i

/** The `tag` of a request, which clients use to tell their own requests apart. */
export const isRequestTag = (tag: string): boolean => REQUEST_TAG.test(tag)

const TRANSACTION_ID = /^[\w.:~-]{1,128}$/

/** What a client may call its transaction; lists of ids are split at commas, event ids at `#`. */
export const isTransactionId = (id: string): boolean => TRANSACTION_ID.test(id)

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const LENGTH = 22
/** Bytes from here on would favour the alphabet's first letters. */
const FAIR = 256 - (256 % ALPHABET.length)

/** 22 letters and digits, as hosted ids have: about 130 random bits. */
export const randomId = (): string => {
  let id = ''
  while (id.length < LENGTH) {
    for (const byte of randomBytes(LENGTH)) {
      if (byte < FAIR && id.length < LENGTH) id += ALPHABET[byte % ALPHABET.length]
    }
  }
  return id
}
