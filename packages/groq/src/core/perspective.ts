/**
 * Perspectives: which version of each document a query sees. GROQ's one rule for it, which the
 * source of documents in memory and the lake's store both follow.
 */
import {isJsonObject, type StoredDocument} from './document.ts'
import {bundleOf, publishedId} from './documentIds.ts'

/**
 * Which version of each document a reader sees. `raw` shows every stored document under its own
 * id. A stack shows one document of each group (a published document with its draft and release
 * versions) under the published id: that of the first layer that has one, else the published
 * document. A layer is `drafts` or the name of a release. An empty stack is the published
 * perspective. Source: sanity.io/docs/content-lake/perspectives.
 */
export type Perspective = 'raw' | {readonly layers: readonly string[]}

/** A perspective as a user names it: a list holds layers, the one that wins first. */
export type PerspectiveName = 'raw' | 'published' | 'drafts' | readonly string[]

const RELEASE_NAME = /^[A-Za-z0-9_][A-Za-z0-9_-]{0,63}$/
const RESERVED = new Set(['drafts', 'published', 'previewDrafts', 'raw', 'versions'])

/** One segment of an id that is not the name of a perspective. Clients use `r` and 8 characters. */
export const isReleaseName = (name: string): boolean =>
  RELEASE_NAME.test(name) && !RESERVED.has(name)

/**
 * Reads the name of a perspective. `previewDrafts` is the former name of `drafts`; `published` may
 * end a list, which it does anyway.
 *
 * @param refuse Makes the error for a name that is not a perspective.
 */
export const perspectiveOf = (
  name: string | readonly string[],
  refuse: (message: string) => Error = (message) => new TypeError(message),
): Perspective => {
  if (name === 'raw') return 'raw'
  const names = typeof name === 'string' ? [name] : [...name]
  if (names.at(-1) === 'published') names.pop()
  const layers = names.map((layer) => (layer === 'previewDrafts' ? 'drafts' : layer))
  if (layers.includes('raw')) {
    throw refuse('The perspective "raw" cannot be combined with others.')
  }
  for (const [index, layer] of layers.entries()) {
    if (layer !== 'drafts' && !isReleaseName(layer)) {
      throw refuse(
        `"${layer}" is not a perspective: use published, drafts, raw, or names of releases.`,
      )
    }
    if (layers.indexOf(layer) !== index) {
      throw refuse(`The perspective names "${layer}" twice.`)
    }
  }
  return {layers}
}

/** A draft or version that stands for a deletion: publishing it deletes the document. */
export const standsForDeletion = ({_system}: StoredDocument): boolean =>
  isJsonObject(_system) && _system['delete'] === true

/**
 * The documents that a perspective shows, in no particular order. What a stack shows has the published
 * id as `_id`; unless the stack is empty, `_originalId` says under which id it is stored.
 */
export const documentsSeenThrough = (
  perspective: Perspective,
  documents: Iterable<StoredDocument>,
): Iterable<StoredDocument> => {
  if (perspective === 'raw') return documents
  const {layers} = perspective
  if (layers.length === 0) return [...documents].filter(({_id}) => bundleOf(_id) === undefined)
  const ranks = new Map<string | undefined, number>(layers.map((layer, rank) => [layer, rank]))
  ranks.set(undefined, layers.length)
  const shown = new Map<string, {readonly document: StoredDocument; readonly rank: number}>()
  for (const document of documents) {
    const rank = ranks.get(bundleOf(document._id))
    const group = publishedId(document._id)
    const other = shown.get(group)
    if (rank !== undefined && (!other || rank < other.rank)) shown.set(group, {document, rank})
  }
  return [...shown].flatMap(([group, {document}]) => {
    const isVersion = bundleOf(document._id) !== undefined
    if (isVersion && standsForDeletion(document)) return []
    return [{...document, _id: group, _originalId: document._id}]
  })
}
