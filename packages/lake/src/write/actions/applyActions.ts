/**
 * Applies the actions of a `POST /data/actions` request in one transaction
 * (sanity.io/docs/http-reference/actions): the table of actions and who handles each.
 */
import {isJsonObject, type Json} from '../../core/document.ts'
import {actionError, badRequest} from '../../core/errors.ts'
import type {DatasetStore} from '../../store/datasetStore.ts'
import {type OnceOptions, type TransactedOnce, transactOnce} from '../transaction/transactOnce.ts'
import type {WriteContext} from '../transaction/writeContext.ts'
import {type ActionHandler, refuse, stringOf} from './actionFields.ts'
import {
  createDraft,
  deleteDocument,
  discard,
  editDraft,
  publishDraft,
  replaceDraft,
  unpublish,
} from './documentActions.ts'
import {
  archiveRelease,
  createRelease,
  deleteRelease,
  editRelease,
  importRelease,
  publishRelease,
  scheduleRelease,
  unarchiveRelease,
  unscheduleRelease,
} from './releaseActions.ts'
import {
  createVariantDefinition,
  deleteVariantDefinition,
  editVariantDefinition,
} from './variantDefinitionActions.ts'
import {
  createVariant,
  deleteVariant,
  editVariant,
  publishVariant,
  unpublishVariant,
} from './variantDocumentActions.ts'
import {createVersion, replaceVersion, unpublishVersion} from './versionActions.ts'

export type AppliedActions = Omit<TransactedOnce<never>, 'results'>

const PREFIX = 'sanity.action.'

const ACTIONS: ReadonlyMap<string, ActionHandler> = new Map([
  ['document.create', createDraft],
  ['document.edit', editDraft],
  ['document.publish', publishDraft],
  ['document.unpublish', unpublish],
  ['document.delete', deleteDocument],
  ['document.discard', discard('draftId')],
  ['document.replaceDraft', replaceDraft],
  ['document.version.create', createVersion],
  ['document.version.discard', discard('versionId')],
  ['document.version.replace', replaceVersion],
  ['document.version.unpublish', unpublishVersion],
  ['release.create', createRelease],
  ['release.edit', editRelease],
  ['release.schedule', scheduleRelease],
  ['release.unschedule', unscheduleRelease],
  ['release.publish', publishRelease],
  ['release.archive', archiveRelease],
  ['release.unarchive', unarchiveRelease],
  ['release.delete', deleteRelease],
  ['release.import', importRelease],
  ['document.variant.create', createVariant],
  ['document.variant.edit', editVariant],
  ['document.variant.delete', deleteVariant],
  ['document.variant.publish', publishVariant],
  ['document.variant.unpublish', unpublishVariant],
  ['variant.definition.create', createVariantDefinition],
  ['variant.definition.edit', editVariantDefinition],
  ['variant.definition.delete', deleteVariantDefinition],
])

/**
 * Applies all actions of a request, or none.
 * @param body `{actions: […], transactionId?, dryRun?}` as sent; takes precedence over the options.
 * @throws LakeError 400 for a malformed body; `actionError` (400, 403 or 409) if an action fails; 403
 *   `releaseLimitExceededError`; 409 `transactionAlreadyExistsError`.
 */
export const applyActions = (
  store: DatasetStore,
  body: unknown,
  options: OnceOptions,
  context: WriteContext,
): AppliedActions => {
  if (!isJsonObject(body)) throw badRequest('The body must be an object with "actions"')
  const {
    actions,
    transactionId = options.transactionId,
    dryRun = options.dryRun,
    skipCrossDatasetReferenceValidation = options.skipCrossDatasetReferenceValidation,
  } = body
  if (!isList(actions)) throw badRequest('"actions" must be an array')
  if (actions.length === 0) throw badRequest('No actions provided')
  if (transactionId !== undefined && typeof transactionId !== 'string') {
    throw badRequest('"transactionId" must be a string')
  }
  const {results: _, ...done} = transactOnce(
    store,
    actions,
    {
      ...options,
      transactionId,
      dryRun: dryRun === true,
      skipCrossDatasetReferenceValidation: skipCrossDatasetReferenceValidation === true,
    },
    context,
    actionError,
    (workspace, sent) => {
      if (!isJsonObject(sent)) return refuse('An action must be an object with an "actionType"')
      handlerOf(stringOf(sent, 'actionType'))(workspace, sent, store.history)
      return []
    },
  )
  return done
}

const handlerOf = (type: string): ActionHandler => {
  const name = type.startsWith(PREFIX) ? type.slice(PREFIX.length) : ''
  return ACTIONS.get(name) ?? refuse(`Unknown action "${type}"`, {value: type})
}

const isList = (value: Json | undefined): value is readonly Json[] => Array.isArray(value)
