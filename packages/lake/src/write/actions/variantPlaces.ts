/** Finds the documents of a variant by variant and bundle, because clients do not know their ids. */
import type {JsonObject, StoredDocument} from '../../core/document.ts'
import {publishedId} from '../../core/ids.ts'
import {
  placeOf,
  systemOfVariant,
  type VariantBundle,
  type VariantPlace,
  variantVersionId,
} from '../../core/variants.ts'
import type {Workspace} from '../transaction/workspace.ts'

/** @param group The id of the published document. */
const findInGroup = (
  workspace: Workspace,
  group: string,
  isWanted: (place: VariantPlace) => boolean,
): StoredDocument | undefined => {
  workspace.flush()
  return workspace.store
    .idsOfGroup(group)
    .flatMap((id) => workspace.find(id) ?? [])
    .find((document) => {
      const place = placeOf(document)
      return place !== undefined && isWanted(place)
    })
}

/** @param group The id of the published document. */
export const documentInVariant = (
  workspace: Workspace,
  group: string,
  {variant, bundle}: VariantPlace,
): StoredDocument | undefined =>
  findInGroup(workspace, group, (place) => place.variant === variant && place.bundle === bundle)

/**
 * The id of a variant's document, or the one that it would have. An imported document keeps the id
 * that another lake has given it.
 */
export const idInVariant = (workspace: Workspace, group: string, place: VariantPlace): string =>
  documentInVariant(workspace, group, place)?._id ??
  variantVersionId(place.variant, place.bundle, group)

/**
 * The published document of the variant whose draft would have this id. The Studio reads the id from
 * `_system.draft`, and edits a draft that does not exist yet.
 */
export const publishedBehind = (workspace: Workspace, id: string): StoredDocument | undefined => {
  const group = publishedId(id)
  return findInGroup(
    workspace,
    group,
    ({variant, bundle}) =>
      bundle === undefined && id === variantVersionId(variant, 'drafts', group),
  )
}

/**
 * The `_system` field of a copy of a variant's document, which belongs to the same variant.
 * @param id Of the copy.
 */
export const systemFor = (
  document: StoredDocument,
  id: string,
  bundle: VariantBundle,
): JsonObject => {
  const place = placeOf(document)
  return place ? {_system: systemOfVariant(id, {...place, bundle})} : {}
}
