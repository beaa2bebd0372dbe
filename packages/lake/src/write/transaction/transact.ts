/**
 * The write room turns mutations and actions into transactions. This file runs a list of them in one
 * transaction of the store: all or none, with permissions and reference integrity checked.
 */
import type {Commit} from '../../core/commit.ts'
import {
  badRequest,
  type FailedItem,
  type LakeError,
  tooManyAttributes,
  transactionAlreadyExists,
} from '../../core/errors.ts'
import {isTransactionId} from '../../core/ids.ts'
import {MAX_DATASET_ATTRIBUTES} from '../../core/limits.ts'
import type {DatasetStore, StoreTransaction} from '../../store/datasetStore.ts'
import {brokenElsewhere, brokenReferences, overfullReleases} from './integrity.ts'
import {Refusal} from './refusal.ts'
import {openWorkspace, type Workspace} from './workspace.ts'
import type {WriteContext} from './writeContext.ts'

export interface TransactOptions {
  /** Unique in the dataset; made when left out. */
  readonly transactionId?: string | undefined
  /** Run everything, then roll back. */
  readonly dryRun?: boolean
  /** Do not check strong references into other datasets. */
  readonly skipCrossDatasetReferenceValidation?: boolean
  /** Stored with the commit, to recognise the same edit if it is sent again. */
  readonly fingerprint?: string | undefined
}

export interface Transacted<T> {
  readonly transactionId: string
  readonly results: readonly T[]
  /** Null when nothing changed, and for a dry run. */
  readonly commit: Commit | null
}

/** Makes the result of one item, after all items were applied. */
export type Conclusion<T> = (workspace: Workspace) => T

/** Makes the error of a list from the errors of its items. */
export type ListError = (items: readonly [FailedItem, ...FailedItem[]]) => LakeError

/**
 * Applies a list of mutations or actions in one transaction, in order: all of them or none.
 * @throws LakeError: that of `listError` if an item fails; 400 for an invalid transaction id; 409 for
 *   one that was used before.
 */
export const transact = <Item, Result>(
  store: DatasetStore,
  items: readonly Item[],
  {
    transactionId,
    dryRun = false,
    skipCrossDatasetReferenceValidation,
    fingerprint,
  }: TransactOptions,
  context: WriteContext,
  listError: ListError,
  doItem: (workspace: Workspace, item: Item) => readonly Conclusion<Result>[],
): Transacted<Result> => {
  if (transactionId !== undefined && !isTransactionId(transactionId)) {
    throw badRequest(`"${transactionId}" cannot be the id of a transaction`)
  }
  const id = transactionId ?? context.newId()

  const run = (transaction: StoreTransaction): Transacted<Result> => {
    if (transaction.hasTransaction(id)) throw transactionAlreadyExists(id)
    const workspace = openWorkspace(transaction, id, context)
    const conclusions = items.flatMap((item, index) => {
      return withPosition(index, listError, () => {
        workspace.startItem(index)
        return doItem(workspace, item)
      })
    })
    workspace.flush()
    const [first, ...more] = [
      ...brokenReferences(workspace),
      ...(skipCrossDatasetReferenceValidation ? [] : brokenElsewhere(workspace)),
      ...overfullReleases(workspace),
    ]
    if (first) throw listError([first, ...more])
    const attributes = transaction.attributesBeyond(MAX_DATASET_ATTRIBUTES)
    if (attributes !== undefined) throw tooManyAttributes(attributes, MAX_DATASET_ATTRIBUTES)
    const results = conclusions.map((conclude) => conclude(workspace))
    const commit = workspace.commit(store.name)
    if (commit && fingerprint !== undefined) store.lastEdit.note({transactionId: id, fingerprint})
    return {transactionId: id, results, commit}
  }
  const {weigh} = context
  const weighed = weigh
    ? (transaction: StoreTransaction) => store.read(() => run(transaction), weigh)
    : run
  return dryRun ? rehearse(store, weighed) : store.transact(weighed)
}

const withPosition = <T>(index: number, listError: ListError, work: () => T): T => {
  try {
    return work()
  } catch (error) {
    throw error instanceof Refusal ? listError([{index, error: error.item}]) : error
  }
}

/** Runs a transaction to its end and rolls it back. */
const rehearse = <T>(
  store: DatasetStore,
  run: (transaction: StoreTransaction) => Transacted<T>,
): Transacted<T> => {
  const undo = new Error('dry run')
  const rehearsed: Transacted<T>[] = []
  try {
    store.transact((transaction) => {
      rehearsed.push({...run(transaction), commit: null})
      throw undo
    })
  } catch (error) {
    const [result] = rehearsed
    if (error === undo && result) return result
    throw error
  }
  throw undo
}
