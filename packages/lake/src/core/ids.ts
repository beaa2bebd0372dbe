/**
 * Ids and names: which ids a document or transaction may have, which names a dataset, release or
 * request tag, and new random ids. Sources: sanity.io/docs/content-lake/ids and the validators of
 * `@sanity/client`. The ids of drafts and versions are defined in the GROQ package.
 */
import {randomBytes} from 'node:crypto'

import {MAX_ID_LENGTH} from './limits.ts'

export {
  bundleOf,
  draftId,
  isDraftId,
  isReleaseName,
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

/**
 * Whether a document may have this id: letters, digits and `_.-`, with no segment that is empty or
 * starts with `-`.
 */
export const isDocumentId = (id: string): boolean =>
  id.length <= MAX_ID_LENGTH && DOCUMENT_ID.test(id) && !EMPTY_OR_DASHED_SEGMENT.test(id)

/** Whether only signed-in readers may see the document: an id with a dot is private. */
export const isPrivateId = (id: string): boolean => id.includes('.')

const DATASET_NAME = /^~?[a-z0-9][-\w]{0,63}$/

/** Starts in lower case, then letters, digits, `_` and `-`; `~` marks the dataset of an add-on. */
export const isDatasetName = (name: string): boolean => DATASET_NAME.test(name)

const REQUEST_TAG = /^[a-z0-9._-]{1,75}$/i

/** The `tag` of a request, by which clients tell their own requests apart. */
export const isRequestTag = (tag: string): boolean => REQUEST_TAG.test(tag)

const TRANSACTION_ID = /^[\w.:~-]{1,128}$/

/** No commas or `#`: lists of transaction ids are split at commas, event ids at `#`. */
export const isTransactionId = (id: string): boolean => TRANSACTION_ID.test(id)

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const LENGTH = 22
/** Larger bytes are skipped: they would make the first letters of the alphabet more likely. */
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
