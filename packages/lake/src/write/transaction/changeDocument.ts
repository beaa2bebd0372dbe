/**
 * The changes to one document of which all mutations and actions consist: create, replace, patch,
 * delete. Each checks ids, revisions and locked releases.
 */
import type {JsonObject, StoredDocument} from '../../core/document.ts'
import {
  documentAlreadyExists,
  documentNotFound,
  type ItemError,
  revisionMismatch,
  validationError,
} from '../../core/errors.ts'
import {isDocumentId, releaseDocumentId, releaseOf} from '../../core/ids.ts'
import {releaseHolding} from '../../core/variants.ts'
import {checkDocument} from '../mutations/checkDocument.ts'
import type {Patch} from '../patch/patch.ts'
import {Refusal} from './refusal.ts'
import {typeOf, withSystemFields} from './systemFields.ts'
import type {Workspace} from './workspace.ts'

export type OperationName = 'create' | 'update' | 'delete' | 'none'

/** @param mutation The mutation that listeners receive; default: `create` with the body. */
export const create = (
  workspace: Workspace,
  id: string,
  body: JsonObject,
  mutation: JsonObject = {create: withId(body, id)},
): OperationName => {
  checkId(id)
  if (workspace.find(id)) return refuse(documentAlreadyExists(id))
  return write(
    workspace,
    withSystemFields(body, {_id: id, _type: typeOf(body)}, workspace),
    mutation,
  )
}

export const createIfNotExists = (
  workspace: Workspace,
  id: string,
  body: JsonObject,
): OperationName => {
  checkId(id)
  if (!workspace.find(id)) return create(workspace, id, body, {createIfNotExists: withId(body, id)})
  typeOf(body)
  return 'none'
}

/** May change the type; the end of the transaction checks that nothing refers to the document then. */
export const createOrReplace = (
  workspace: Workspace,
  id: string,
  body: JsonObject,
): OperationName => {
  checkId(id)
  const old = workspace.find(id)
  if (old) checkUnlocked(workspace, id)
  const system = old?._system
  const identity = {
    _id: id,
    _type: typeOf(body),
    ...(system !== undefined && {_system: system}),
  }
  return write(workspace, withSystemFields(body, identity, workspace), {
    createOrReplace: withId(body, id),
  })
}

/** A missing document is not an error. */
export const remove = (workspace: Workspace, id: string): OperationName => {
  checkId(id)
  if (!workspace.find(id)) return 'none'
  checkUnlocked(workspace, id)
  workspace.remove(id, {delete: {id}})
  return 'delete'
}

/**
 * A patch that changes nothing still gives the document a new revision, because clients wait for it.
 * @param expected The revision that the document must have at the start of the transaction.
 */
export const patch = (
  workspace: Workspace,
  id: string,
  operations: Patch,
  mutation: JsonObject,
  expected?: string,
): OperationName => {
  checkId(id)
  const old = workspace.find(id)
  if (!old) return refuse(documentNotFound(id))
  checkRevision(workspace, old, expected)
  checkUnlocked(workspace, id)
  const next = operations(old)
  for (const attribute of ['_id', '_type'] as const) {
    if (next[attribute] !== old[attribute]) return refuse(immutable(attribute, id))
  }
  return write(workspace, withSystemFields(next, old, workspace), mutation)
}

/**
 * Compares with the revision before the transaction; its own earlier changes do not count. A request
 * that expects no revision passes.
 */
export const checkRevision = (
  workspace: Workspace,
  document: StoredDocument,
  expected: string | undefined,
): void => {
  if (expected === undefined) return
  const {_rev} = workspace.original(document._id) ?? document
  if (_rev !== expected) refuse(revisionMismatch(document._id, expected, _rev))
}

/** The same for a document that may be missing. */
export const checkRevisionOf = (
  workspace: Workspace,
  id: string,
  expected: string | undefined,
): void => {
  if (expected === undefined) return
  const document = workspace.find(id)
  if (!document) refuse(revisionMismatch(id, expected, null))
  else checkRevision(workspace, document, expected)
}

/** Versions of a release that is not active must not change. */
export const checkUnlocked = (workspace: Workspace, id: string): void => {
  const document = workspace.find(id)
  const name = document ? releaseHolding(document) : releaseOf(id)
  if (name !== undefined) checkActive(workspace, name, id)
}

/** @param id Of the version to change. @throws Refusal if its release is not active. */
export const checkActive = (workspace: Workspace, name: string, id: string): void => {
  const state = workspace.find(releaseDocumentId(name))?.state
  if (state === undefined || state === 'active') return
  refuse(
    validationError(
      `Document "${id}" is locked: its release "${name}" is ${String(state)}, not active`,
      {id},
    ),
  )
}

const write = (
  workspace: Workspace,
  document: StoredDocument,
  mutation: JsonObject,
): OperationName => {
  const previous = workspace.find(document._id)
  workspace.put(checkDocument(document, previous, workspace.context.weigh), mutation)
  return previous ? 'update' : 'create'
}

const withId = (body: JsonObject, id: string): JsonObject =>
  body._id === id ? body : {...body, _id: id}

const checkId = (id: string): void => {
  if (!isDocumentId(id)) refuse(validationError(`Malformed document ID: "${id}"`, {value: id}))
}

const immutable = (attribute: string, id: string): ItemError => ({
  type: 'cannotModifyImmutableAttributeError',
  description: `Cannot modify immutable attribute "${attribute}" of document "${id}"`,
  attribute,
  id,
})

const refuse = (item: ItemError): never => {
  throw new Refusal(item)
}
