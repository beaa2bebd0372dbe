/**
 * The actions `sanity.action.document.variant.*`: on documents of variants, which they name by published
 * id, variant and bundle. They never touch the document itself or its draft. Source: the types of
 * `@sanity/client`, and `core/variants/ACTIONS.md` in the source of the Studio.
 */
import type {JsonObject, StoredDocument} from '../../core/document.ts'
import {documentAlreadyExists, documentNotFound} from '../../core/errors.ts'
import {isReleaseName} from '../../core/ids.ts'
import {
  systemOfVariant,
  type VariantBundle,
  type VariantPlace,
  variantVersionId,
} from '../../core/variants.ts'
import {type Patch, parsePatch} from '../patch/patch.ts'
import {
  checkActive,
  checkRevision,
  checkRevisionOf,
  create,
  patch,
  remove,
} from '../transaction/changeDocument.ts'
import {Refusal} from '../transaction/refusal.ts'
import type {Workspace} from '../transaction/workspace.ts'
import {
  type ActionHandler,
  flagOf,
  objectOf,
  optionalStringOf,
  publishedIdOf,
  refuse,
  stringOf,
} from './actionFields.ts'
import {existing} from './documentActions.ts'
import {
  contentOf,
  draftForm,
  publishedForm,
  publishVersion,
  unpublishDocument,
} from './publishVersion.ts'
import {definitionIn, variantNameOf} from './variantDefinitionActions.ts'
import {documentInVariant} from './variantPlaces.ts'

/** Creates a document of a variant from the body sent, or as a copy of another document. */
export const createVariant: ActionHandler = (workspace, action) => {
  const group = publishedIdOf(action)
  const place = placeNamedBy(action)
  definitionIn(workspace, action)
  const baseId = optionalStringOf(action, 'baseId')
  const revision = optionalStringOf(action, 'ifBaseRevisionId')
  const other = documentInVariant(workspace, group, place)
  if (other) throw new Refusal(documentAlreadyExists(other._id))
  if (baseId === undefined) {
    const {_rev, _updatedAt, _system, ...sent} = objectOf(action, 'document')
    createIn(workspace, group, place, sent)
    return
  }
  const base = existing(workspace, baseId)
  checkRevision(workspace, base, revision)
  createIn(workspace, group, place, contentOf(base))
}

/** Patches a document of a variant; a missing one is first copied from what readers see. */
export const editVariant: ActionHandler = (workspace, action) => {
  const group = publishedIdOf(action)
  const place = placeNamedBy(action)
  const body = objectOf(action, 'patch')
  const operations = parsePatch(body)
  const found = documentInVariant(workspace, group, place)
  if (found) {
    applyPatch(workspace, found._id, operations, body)
    return
  }
  definitionIn(workspace, action)
  const source =
    documentInVariant(workspace, group, {...place, bundle: undefined}) ?? existing(workspace, group)
  applyPatch(workspace, createIn(workspace, group, place, contentOf(source)), operations, body)
}

/** Deletes the document of the variant in one bundle; `purge` deletes its history too. */
export const deleteVariant: ActionHandler = (workspace, action) => {
  const {_id: id} = variantIn(workspace, action, placeNamedBy(action))
  remove(workspace, id)
  if (flagOf(action, 'purge')) workspace.purge(id)
}

/** Replaces the published document of the variant by its draft, or by its version in a release. */
export const publishVariant: ActionHandler = (workspace, action) => {
  stringOf(action, 'bundleId')
  const place = placeNamedBy(action)
  const source = variantIn(workspace, action, place)
  const revision = optionalStringOf(action, 'ifVersionRevisionId')
  const ifPublished = optionalStringOf(action, 'ifPublishedVariantRevisionId')
  checkRevision(workspace, source, revision)
  checkRevisionOf(workspace, publishedForm(workspace, source), ifPublished)
  if (place.bundle !== undefined && place.bundle !== 'drafts') {
    checkActive(workspace, place.bundle, source._id)
  }
  publishVersion(workspace, source)
}

/**
 * Turns the published document of the variant into its draft, or marks the variant's version in a
 * release, so that publishing the release does it.
 */
export const unpublishVariant: ActionHandler = (workspace, action) => {
  const place = placeNamedBy(action)
  const {bundle} = place
  if (bundle === 'drafts') {
    return refuse('"bundleId" must be the name of a release; leave it out to unpublish now')
  }
  const published = variantIn(workspace, action, {...place, bundle: undefined})
  if (bundle === undefined) {
    unpublishDocument(workspace, published, draftForm(workspace, published))
    return
  }
  const group = publishedIdOf(action)
  const id =
    documentInVariant(workspace, group, place)?._id ??
    createIn(workspace, group, place, contentOf(published))
  const body = {set: {'_system.delete': true}}
  applyPatch(workspace, id, parsePatch(body), body)
}

const placeNamedBy = (action: JsonObject): VariantPlace => ({
  variant: variantNameOf(action),
  bundle: bundleNamedBy(action),
})

const bundleNamedBy = (action: JsonObject): VariantBundle => {
  const bundle = optionalStringOf(action, 'bundleId')
  if (bundle === undefined || bundle === 'drafts' || isReleaseName(bundle)) return bundle
  return refuse(`"bundleId" must be "drafts" or the name of a release, not "${bundle}"`, {
    value: bundle,
  })
}

/** The document of the variant that the action names. @throws Refusal if it is missing. */
const variantIn = (
  workspace: Workspace,
  action: JsonObject,
  place: VariantPlace,
): StoredDocument => {
  const group = publishedIdOf(action)
  const found = documentInVariant(workspace, group, place)
  if (found) return found
  throw new Refusal(documentNotFound(variantVersionId(place.variant, place.bundle, group)))
}

/** @returns The id of the new document. */
const createIn = (
  workspace: Workspace,
  group: string,
  place: VariantPlace,
  content: JsonObject,
): string => {
  const {variant, bundle} = place
  const id = variantVersionId(variant, bundle, group)
  if (bundle !== undefined && bundle !== 'drafts') checkActive(workspace, bundle, id)
  create(workspace, id, {...content, _id: id, _system: systemOfVariant(id, place)})
  return id
}

const applyPatch = (
  workspace: Workspace,
  id: string,
  operations: Patch,
  body: JsonObject,
): void => {
  patch(workspace, id, operations, {patch: {id, ...body}})
}
