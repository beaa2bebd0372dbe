/**
 * A document id in two parts, as the tables store it: `layer + group` is the `_id`. The group is
 * the published id that a document shares with its draft and its release versions. The layer is empty
 * for the published document, `drafts.` for the draft, `versions.<release>.` for a version.
 */
import {draftId, publishedId, versionPrefix} from '../../core/ids.ts'

/**
 * Stored in two columns, the documents of each layer are in `_id` order, and so is a perspective
 * that shows them under the id of their group.
 */
export interface IdParts {
  readonly layer: string
  readonly group: string
}

export const PUBLISHED_LAYER = ''
export const DRAFTS_LAYER = draftId('')
export const releaseLayer = versionPrefix

export const idPartsOf = (id: string): IdParts => {
  const group = publishedId(id)
  return {layer: id.slice(0, id.length - group.length), group}
}
