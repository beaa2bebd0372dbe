/**
 * The actions `sanity.action.document.*` on drafts and published documents: create, edit, publish,
 * unpublish, delete (sanity.io/docs/http-reference/actions).
 */
import type {StoredDocument} from '../../core/document.ts'
import {documentAlreadyExists, documentNotFound, type ItemError} from '../../core/errors.ts'
import {draftId, publishedId} from '../../core/ids.ts'
import {placeOf} from '../../core/variants.ts'
import {parsePatch} from '../patch/patch.ts'
import {
  checkRevision,
  checkRevisionOf,
  checkUnlocked,
  create,
  createOrReplace,
  patch,
  remove,
} from '../transaction/changeDocument.ts'
import {Refusal} from '../transaction/refusal.ts'
import type {Workspace} from '../transaction/workspace.ts'
import {
  choiceOf,
  type ActionHandler,
  flagOf,
  objectOf,
  optionalStringOf,
  publishedIdOf,
  refuse,
  stringOf,
  stringsOf,
  versionIdFor,
} from './actionFields.ts'
import {contentOf, publishVersion, unpublishDocument} from './publishVersion.ts'
import {publishedBehind, systemFor} from './variantPlaces.ts'

/** The document. @throws Refusal if it does not exist. */
export const existing = (workspace: Workspace, id: string): StoredDocument =>
  workspace.find(id) ?? fail(documentNotFound(id))

const fail = (item: ItemError): never => {
  throw new Refusal(item)
}

/** Creates a draft of a document that is not published. */
export const createDraft: ActionHandler = (workspace, action) => {
  const published = publishedIdOf(action)
  const attributes = objectOf(action, 'attributes')
  const ifExists = choiceOf(action, 'ifExists', ['fail', 'ignore'])
  const id = versionIdFor(optionalStringOf(attributes, '_id') ?? draftId(published), published)
  if (workspace.find(published)) fail(documentAlreadyExists(published))
  if (ifExists === 'ignore' && workspace.find(id)) return
  checkUnlocked(workspace, id)
  create(workspace, id, attributes)
}

/**
 * Patches a draft or a version; a missing one is first copied from the published document, or from
 * that of its variant.
 */
export const editDraft: ActionHandler = (workspace, action) => {
  const published = publishedIdOf(action)
  const id = versionIdFor(stringOf(action, 'draftId'), published)
  const body = objectOf(action, 'patch')
  if (!workspace.find(id)) {
    const source =
      publishedBehind(workspace, id) ?? workspace.find(published) ?? fail(documentNotFound(id))
    checkUnlocked(workspace, id)
    create(workspace, id, {...contentOf(source), ...systemFor(source, id, 'drafts')})
  }
  patch(workspace, id, parsePatch(body), {patch: {id, ...body}})
}

export const publishDraft: ActionHandler = (workspace, action) => {
  const published = publishedIdOf(action)
  const draft = existing(workspace, versionIdFor(stringOf(action, 'draftId'), published))
  const ifDraft = optionalStringOf(action, 'ifDraftRevisionId')
  const ifPublished = optionalStringOf(action, 'ifPublishedRevisionId')
  checkRevision(workspace, draft, ifDraft)
  checkRevisionOf(workspace, published, ifPublished)
  checkUnlocked(workspace, draft._id)
  refuseVariant(draft, 'publish')
  publishVersion(workspace, draft)
}

/** Content of a variant must not become that of the document itself, nor the other way round. */
const refuseVariant = (document: StoredDocument | undefined, verb: string): void => {
  if (!document || !placeOf(document)) return
  refuse(
    `Document "${document._id}" belongs to a variant: send sanity.action.document.variant.${verb}`,
    {id: document._id},
  )
}

/** Turns the published document into a draft; an existing draft stays as it is. */
export const unpublish: ActionHandler = (workspace, action) => {
  const published = existing(workspace, publishedIdOf(action))
  const id = versionIdFor(stringOf(action, 'draftId'), published._id)
  refuseVariant(workspace.find(id), 'unpublish')
  unpublishDocument(workspace, published, id)
}

/**
 * Deletes the published document with all its drafts and versions, each of which must be listed.
 * Without a published document it fails, as on hosted Sanity (sanity-io/sanity#6535, #11474): drafts
 * and versions alone are discarded.
 */
export const deleteDocument: ActionHandler = (workspace, action) => {
  const published = publishedIdOf(action)
  const included = stringsOf(action, 'includeDrafts').map((id) => versionIdFor(id, published))
  const purge = flagOf(action, 'purge')
  workspace.flush()
  const group = workspace.store.idsOfGroup(published)
  if (!group.includes(published)) fail(documentNotFound(published))
  const left = group.filter((id) => id !== published && !included.includes(id))
  if (left.length > 0) {
    refuse(
      `Document "${published}" has drafts or versions that are not included: ${left.join(', ')}`,
      {
        value: left,
      },
    )
  }
  for (const id of group) {
    remove(workspace, id)
    if (purge) workspace.purge(id)
  }
}

/** Deletes a draft or a version; `purge` deletes its history too. */
export const discard =
  (field: 'draftId' | 'versionId'): ActionHandler =>
  (workspace, action) => {
    const id = stringOf(action, field)
    versionIdFor(id, publishedId(id))
    existing(workspace, id)
    remove(workspace, id)
    if (flagOf(action, 'purge')) workspace.purge(id)
  }

/** Replaces the draft of a document that exists, as a draft or published. */
export const replaceDraft: ActionHandler = (workspace, action) => {
  const published = publishedIdOf(action)
  const attributes = objectOf(action, 'attributes')
  const id = versionIdFor(optionalStringOf(attributes, '_id') ?? draftId(published), published)
  if (!workspace.find(id) && !workspace.find(published)) fail(documentNotFound(id))
  createOrReplace(workspace, id, attributes)
}
