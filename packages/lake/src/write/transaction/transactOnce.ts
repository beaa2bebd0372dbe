/** Like `transact`, but applies an edit only once when a Studio sends it again for lack of a response. */
import {hash} from 'node:crypto'

import type {Commit} from '../../core/commit.ts'
import type {DatasetStore} from '../../store/datasetStore.ts'
import {patch} from './changeDocument.ts'
import {
  type Conclusion,
  type ListError,
  type Transacted,
  transact,
  type TransactOptions,
} from './transact.ts'
import type {Workspace} from './workspace.ts'
import type {WriteContext} from './writeContext.ts'

export interface OnceOptions extends TransactOptions {
  /** Whether the sender repeats the request, under this or another id, until there is a response. */
  readonly sentUntilAnswered?: boolean
}

export interface TransactedOnce<T> extends Transacted<T> {
  /** A second commit, for an edit that was sent again; otherwise null. */
  readonly settling: Commit | null
}

/**
 * Recognises a repeated edit: any edit of the same author by its transaction id, and the last edit
 * before a crash by its content, under any id. Under the same id there is nothing to do, because the
 * sender receives the transaction as an event.
 *
 * A Studio that repeats an edit under another id also shows it twice: it applies the edit, which it
 * believes pending, to documents that already contain it. A transaction with the id it sent confirms
 * the edit. A second transaction makes it apply its other pending edits to the documents as the lake
 * has them (`Document` in `@sanity/mutator` does so for transactions of others). Both transactions
 * change nothing.
 * @throws LakeError as `transact` does.
 */
export const transactOnce = <Item, Result>(
  store: DatasetStore,
  items: readonly Item[],
  {sentUntilAnswered = false, ...options}: OnceOptions,
  context: WriteContext,
  listError: ListError,
  doItem: (workspace: Workspace, item: Item) => readonly Conclusion<Result>[],
): TransactedOnce<Result> => {
  const fingerprint =
    sentUntilAnswered && !options.dryRun
      ? hash('sha256', JSON.stringify([context.author, items]))
      : undefined
  if (fingerprint === undefined) {
    return {...transact(store, items, options, context, listError, doItem), settling: null}
  }
  const {transactionId = ''} = options
  if (store.history.transaction(transactionId)?.author === context.author) {
    store.lastEdit.answered(fingerprint)
    return {transactionId, results: [], commit: null, settling: null}
  }
  const done = store.lastEdit.sentAgain(fingerprint)
  if (done.length === 0) {
    const noted = {...options, fingerprint}
    const transacted = transact(store, items, noted, context, listError, doItem)
    store.lastEdit.answered(fingerprint)
    return {...transacted, settling: null}
  }
  // Two short transactions. No checkpoint, because the second must not be stopped after the first.
  const {checkpoint: _, ...unhurried} = context
  const confirm = (transactionId?: string) =>
    transact<string, Result>(
      store,
      done,
      {transactionId, fingerprint},
      unhurried,
      listError,
      (workspace, id) => {
        patch(workspace, id, (document) => document, {patch: {id}})
        return []
      },
    )
  const confirmed = confirm(options.transactionId)
  const settling = confirm().commit
  // After both, because on a full disk the sender gets an error and sends the edit again.
  if (fingerprint !== undefined) store.lastEdit.answered(fingerprint)
  return {...confirmed, settling}
}
