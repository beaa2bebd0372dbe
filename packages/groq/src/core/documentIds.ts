/**
 * How the ids of a document, its draft and its versions are related: `x` is published, `drafts.x` its
 * draft, `versions.<release>.x` its version in a release. Perspectives, and the functions
 * `sanity::versionOf` and `sanity::partOfRelease`, depend on it. Source:
 * sanity.io/docs/content-lake/ids and the validators of `@sanity/client`.
 */
const DRAFTS = 'drafts.'
const VERSIONS = 'versions.'
const RELEASES = '_.releases.'
const VARIANTS = '_.variants.'

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

/** @param name Of the definition of a variant, such as `Ab12cd34`. */
export const variantDocumentId = (name: string): string => VARIANTS + name

/** The variant's name, from the id of its document or as it is given. */
export const variantName = (text: string): string =>
  text.startsWith(VARIANTS) ? text.slice(VARIANTS.length) : text
