import {draftId, publishedId, versionPrefix} from '../../../core/ids.ts'

/**
 * Where a document stands: `layer + group` is its `_id`. The group is the published id that a
 * document shares with its draft and its release versions; the layer is empty for the published
 * document, `drafts.` for the draft, `versions.<release>.` for a version.
 *
 * Stored apart, the documents of each layer are in `_id` order, and so is a perspective that
 * shows them under their group's id.
 */
export interface Place {
  readonly layer: string
  readonly group: string
}

export const PUBLISHED_LAYER = ''
export const DRAFTS_LAYER = draftId('')
export const releaseLayer = versionPrefix

export const placeOf = (id: string): Place => {
  const group = publishedId(id)
  return {layer: id.slice(0, id.length - group.length), group}
}
