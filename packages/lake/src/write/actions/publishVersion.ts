/** Publishes and unpublishes: turns a draft or version into the published document, and back. */
import {standsForDeletion} from '@copydesk/groq/engine'

import {isJsonObject, type Json, type JsonObject, type StoredDocument} from '../../core/document.ts'
import {draftId, publishedId} from '../../core/ids.ts'
import {placeOf} from '../../core/variants.ts'
import {checkUnlocked, create, createOrReplace, remove} from '../transaction/changeDocument.ts'
import type {Workspace} from '../transaction/workspace.ts'
import {idInVariant, systemFor} from './variantPlaces.ts'

/**
 * Replaces the published document by the version, or unpublishes it if the version says so. For a
 * version of a variant, that is the published document of the variant.
 */
export const publishVersion = (workspace: Workspace, version: StoredDocument): void => {
  const id = publishedForm(workspace, version)
  const published = workspace.find(id)
  if (standsForDeletion(version)) {
    if (published) unpublishDocument(workspace, published, draftForm(workspace, version))
  } else {
    createOrReplace(workspace, id, {
      ...strengthened(contentOf(version)),
      ...systemFor(version, id, undefined),
      _createdAt: published?._createdAt ?? version._createdAt,
    })
  }
  workspace.remove(version._id, {delete: {id: version._id}})
}

/** The id of the document that publishing a version creates or replaces. */
export const publishedForm = (workspace: Workspace, version: StoredDocument): string => {
  const place = placeOf(version)
  const group = publishedId(version._id)
  return place ? idInVariant(workspace, group, {...place, bundle: undefined}) : group
}

/** The id of the draft that unpublishing leaves. */
export const draftForm = (workspace: Workspace, document: StoredDocument): string => {
  const place = placeOf(document)
  const group = publishedId(document._id)
  return place ? idInVariant(workspace, group, {...place, bundle: 'drafts'}) : draftId(group)
}

/**
 * Deletes the published document, or that of a variant, and keeps its content as a draft; an existing
 * draft stays as it is (sanity.io/docs/http-reference/actions).
 */
export const unpublishDocument = (
  workspace: Workspace,
  published: StoredDocument,
  draft: string,
): void => {
  if (!workspace.find(draft)) {
    checkUnlocked(workspace, draft)
    create(workspace, draft, {
      ...contentOf(published),
      ...systemFor(published, draft, 'drafts'),
    })
  }
  remove(workspace, published._id)
}

/** The content of a document, for a copy under another id: without system fields but `_createdAt`. */
export const contentOf = ({
  _id,
  _rev,
  _updatedAt,
  _system,
  ...content
}: StoredDocument): JsonObject => content

/**
 * Makes references strong that were weak only until their target is published. They have
 * `_strengthenOnPublish`, which is removed; `weak: true` in it keeps the reference weak.
 */
const strengthened = (content: JsonObject): JsonObject => {
  if (!('_strengthenOnPublish' in content)) return mapValues(content)
  const {_strengthenOnPublish: plan, _weak, ...reference} = content
  return mapValues(
    isJsonObject(plan) && plan.weak === true ? {...reference, _weak: true} : reference,
  )
}

const mapValues = (object: JsonObject): JsonObject =>
  Object.fromEntries(
    Object.entries(object).map(([name, value]) => [name, strengthenedValue(value)]),
  )

const strengthenedValue = (value: Json): Json => {
  if (isJsonObject(value)) return strengthened(value)
  return typeof value === 'object' && value !== null ? value.map(strengthenedValue) : value
}
