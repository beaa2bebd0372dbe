/**
 * Applies the mutations of a `POST /data/mutate` request in one transaction
 * (sanity.io/docs/http-reference/mutation).
 */
import {isJsonObject, type Json, type JsonObject, type StoredDocument} from '../../core/document.ts'
import {badRequest, mutationError, validationError} from '../../core/errors.ts'
import {MAX_MUTATED_BY_QUERY} from '../../core/limits.ts'
import type {DatasetStore} from '../../store/datasetStore.ts'
import {
  create,
  createIfNotExists,
  createOrReplace,
  type OperationName,
  patch,
  remove,
} from '../transaction/changeDocument.ts'
import {Refusal} from '../transaction/refusal.ts'
import {type OnceOptions, type TransactedOnce, transactOnce} from '../transaction/transactOnce.ts'
import type {Workspace} from '../transaction/workspace.ts'
import type {WriteContext} from '../transaction/writeContext.ts'
import {type Mutation, parseMutation, type Selection} from './parseMutation.ts'

export interface MutateOptions extends OnceOptions {
  readonly returnIds?: boolean
  readonly returnDocuments?: boolean
  /** Whether objects in arrays without a `_key` get one. */
  readonly autoGenerateArrayKeys?: boolean
}

export interface MutationResult {
  readonly id: string
  readonly operation: OperationName
  /** The document at the end of the transaction; absent if it was deleted or not requested. */
  readonly document?: StoredDocument
}

/**
 * One result for each mutation and document, in the order of the mutations; none unless ids or
 * documents are requested.
 */
export type AppliedMutations = TransactedOnce<MutationResult>

/**
 * Applies all mutations of a request, or none.
 * @param body `{mutations: […], transactionId?}` as sent.
 * @throws LakeError 400 for a malformed body; `mutationError` (400, 403 or 409) if a mutation fails;
 *   `transactionAlreadyExistsError` (409).
 */
export const applyMutations = (
  store: DatasetStore,
  body: unknown,
  options: MutateOptions,
  context: WriteContext,
): AppliedMutations => {
  if (!isJsonObject(body)) throw badRequest('The body must be an object with "mutations"')
  const {mutations, transactionId = options.transactionId} = body
  if (!isList(mutations)) throw badRequest('"mutations" must be an array')
  if (transactionId !== undefined && typeof transactionId !== 'string') {
    throw badRequest('"transactionId" must be a string')
  }
  const {dryRun = false, returnIds, returnDocuments, autoGenerateArrayKeys} = options
  const newKey = () => context.newId().replaceAll('-', '').slice(-KEY_LENGTH)
  const done = transactOnce(
    store,
    mutations,
    {...options, transactionId, dryRun},
    context,
    mutationError,
    (workspace, sent) => {
      const keyed = autoGenerateArrayKeys && isJsonObject(sent) ? withArrayKeys(sent, newKey) : sent
      return mutate(workspace, parseMutation(keyed)).map(({id, operation}) => (end: Workspace) => {
        const document = returnDocuments ? end.find(id) : undefined
        return {id, operation, ...(document && {document})}
      })
    },
  )
  return returnIds || returnDocuments ? done : {...done, results: []}
}

/** Length of a generated `_key`, as in the Studio. */
const KEY_LENGTH = 12

const isList = (value: Json | undefined): value is readonly Json[] => Array.isArray(value)

interface Done {
  readonly id: string
  readonly operation: OperationName
}

const mutate = (workspace: Workspace, mutation: Mutation): readonly Done[] => {
  switch (mutation.kind) {
    case 'create': {
      const id = newDocumentId(workspace, mutation.id)
      return [{id, operation: create(workspace, id, mutation.body)}]
    }
    case 'createIfNotExists':
      return [
        {id: mutation.id, operation: createIfNotExists(workspace, mutation.id, mutation.body)},
      ]
    case 'createOrReplace':
      return [{id: mutation.id, operation: createOrReplace(workspace, mutation.id, mutation.body)}]
    case 'delete':
      return select(workspace, mutation.selection).map((id) => ({
        id,
        operation: remove(workspace, id),
      }))
    case 'patch': {
      const {body, operations, ifRevisionID} = mutation
      return select(workspace, mutation.selection).map((id) => ({
        id,
        operation: patch(workspace, id, operations, {patch: {id, ...body}}, ifRevisionID),
      }))
    }
  }
}

/** Generates an id if there is none, or completes one that ends in a dot. */
const newDocumentId = ({context}: Workspace, id = ''): string =>
  id === '' || id.endsWith('.') ? id + context.newId() : id

const select = (workspace: Workspace, selection: Selection): readonly string[] => {
  if ('ids' in selection) return selection.ids
  const {context} = workspace
  if (!context.select) throw badRequest('Mutations by query are not possible here')
  workspace.flush()
  const ids = context.select(selection.query, selection.params)
  if (ids.length > MAX_MUTATED_BY_QUERY) {
    const description = `The query found ${ids.length} documents; a mutation changes at most ${MAX_MUTATED_BY_QUERY}`
    throw new Refusal(validationError(description))
  }
  return ids
}

/** `autoGenerateArrayKeys`: adds a `_key` to every object in an array that has none. */
const withArrayKeys = (document: JsonObject, newKey: () => string): JsonObject => {
  const keyed = (value: Json): Json => {
    if (isJsonObject(value)) return keyedObject(value)
    if (typeof value !== 'object' || value === null) return value
    return value.map((item) =>
      isJsonObject(item) ? {_key: newKey(), ...keyedObject(item)} : keyed(item),
    )
  }
  const keyedObject = (object: JsonObject): JsonObject =>
    Object.fromEntries(Object.entries(object).map(([name, value]) => [name, keyed(value)]))
  return keyedObject(document)
}
