/** `POST /data/actions` (sanity.io/docs/http-reference/actions). */
import {isJsonObject, type Json} from '../../core/document.ts'
import {actionError, badRequest, notImplemented} from '../../core/errors.ts'
import type {DatasetStore} from '../../store/datasetStore.ts'
import type {WriteContext} from '../transaction/context.ts'
import {type OnceOptions, type TransactedOnce, transactOnce} from '../transaction/transactOnce.ts'
import {type DoAction, refuse, textOf} from './action.ts'
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
import {createVersion, replaceVersion, unpublishVersion} from './versionActions.ts'

export type Acted = Omit<TransactedOnce<never>, 'results'>

const PREFIX = 'sanity.action.'

const ACTIONS: ReadonlyMap<string, DoAction> = new Map([
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
])

/** Hosted Sanity has them in beta. */
const NOT_HERE = /^(?:document\.)?variant\./

/**
 * Does all actions of a request in one transaction, or none.
 * @param body `{actions: […], transactionId?, dryRun?}` as sent; what it says goes before the options.
 * @throws LakeError 400 for a body that cannot be read; `actionError` for actions that cannot be
 *   done (400, 403 or 409); 403 `releaseLimitExceededError`; 409 `transactionAlreadyExistsError`.
 */
export const applyActions = (
  store: DatasetStore,
  body: unknown,
  options: OnceOptions,
  context: WriteContext,
): Acted => {
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
    throw badRequest('"transactionId" must be a text')
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
      if (!isJsonObject(sent)) return refuse('An action is an object with an "actionType"')
      doActionOf(textOf(sent, 'actionType'))(workspace, sent, store.history)
      return []
    },
  )
  return done
}

const doActionOf = (type: string): DoAction => {
  const name = type.startsWith(PREFIX) ? type.slice(PREFIX.length) : ''
  if (NOT_HERE.test(name)) throw notImplemented(`the action ${type}`)
  return ACTIONS.get(name) ?? refuse(`Unknown action "${type}"`, {value: type})
}

const isList = (value: Json | undefined): value is readonly Json[] => Array.isArray(value)
