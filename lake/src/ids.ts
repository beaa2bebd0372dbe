/**
 * What the lake's names may look like, and how the ids of one document's drafts and versions hang
 * together: `x` is published, `drafts.x` its draft, `versions.<release>.x` its version in a release.
 * Sources: sanity.io/docs/content-lake/ids and the validators of `@sanity/client`.
 */
import {MAX_ID_LENGTH} from './limits.ts'

const DRAFTS = 'drafts.'
const VERSIONS = 'versions.'
const RELEASES = '_.releases.'

const DOCUMENT_ID = /^[A-Za-z0-9_][A-Za-z0-9_.-]*$/
const EMPTY_OR_DASHED_SEGMENT = /\.(?:\.|-|$)/

/** Whether a document may have this id: letters, digits and `_.-`, no empty segment, none that starts with `-`. */
export const isDocumentId = (id: string): boolean =>
  id.length <= MAX_ID_LENGTH && DOCUMENT_ID.test(id) && !EMPTY_OR_DASHED_SEGMENT.test(id)

/** Whether only signed-in readers may see the document: a dot anywhere makes an id private. */
export const isPrivateId = (id: string): boolean => id.includes('.')

export const isDraftId = (id: string): boolean => id.startsWith(DRAFTS)

export const isVersionId = (id: string): boolean =>
  id.startsWith(VERSIONS) && id.indexOf('.', VERSIONS.length) > VERSIONS.length

/** The id that a draft or a version would be published under; any other id is its own. */
export const publishedId = (id: string): string => {
  if (isDraftId(id)) return id.slice(DRAFTS.length)
  if (isVersionId(id)) return id.slice(id.indexOf('.', VERSIONS.length) + 1)
  return id
}

/** @param id Of the published document. */
export const draftId = (id: string): string => DRAFTS + id

/** @param id Of the published document. */
export const versionId = (release: string, id: string): string => `${VERSIONS}${release}.${id}`

/** What the ids of a release's versions begin with. */
export const versionPrefix = (release: string): string => `${VERSIONS}${release}.`

/** `drafts`, or the name of the release that holds a version; undefined for every other id. */
export const bundleOf = (id: string): string | undefined => {
  if (isDraftId(id)) return 'drafts'
  if (isVersionId(id)) return id.slice(VERSIONS.length, id.indexOf('.', VERSIONS.length))
  return undefined
}

/** The release that an id's version belongs to; undefined for drafts and all others. */
export const releaseOf = (id: string): string | undefined =>
  isVersionId(id) ? bundleOf(id) : undefined

/** @param name Such as `rA29bfjqa`. */
export const releaseDocumentId = (name: string): string => RELEASES + name

/** The release's name when the id is that of a release document. */
export const releaseName = (id: string): string | undefined =>
  id.startsWith(RELEASES) ? id.slice(RELEASES.length) : undefined

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
