import {hash} from 'node:crypto'

import type {Commit} from '../../core/commit.ts'
import type {DatasetStore} from '../../store/datasetStore.ts'
import type {WriteContext} from './context.ts'
import {patch} from './documents.ts'
import {
  type Conclusion,
  type ListError,
  type Transacted,
  transact,
  type TransactOptions,
} from './transact.ts'
import type {Workspace} from './workspace.ts'

export interface OnceOptions extends TransactOptions {
  /** The sender sends it again, under another id, until there is an answer. */
  readonly sentUntilAnswered?: boolean
}

export interface TransactedOnce<T> extends Transacted<T> {
  /** What follows the commit of an edit that was sent again; null for anything else. */
  readonly settling: Commit | null
}

/**
 * As `transact`, but an edit that was done just before the lake died, and is sent again, is not done
 * twice.
 *
 * A Studio that sends it again shows it twice, too: over the documents as it knows them lies what it
 * takes for a change that is still to come. It is told that the change has come, by a transaction
 * under the id that it sent. Another one then makes it lay what else it has sent over the documents
 * as the lake tells them (`Document` in `@sanity/mutator`: news of what it has not sent itself). Both
 * change nothing.
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
  const done = fingerprint === undefined ? [] : store.lastEdit.sentAgain(fingerprint)
  if (done.length === 0) {
    const noted = {...options, fingerprint}
    const transacted = transact(store, items, noted, context, listError, doItem)
    if (fingerprint !== undefined) store.lastEdit.answered(fingerprint)
    return {...transacted, settling: null}
  }
  // Two short transactions: the second is not to be given up when the first one is done.
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
  // Not before both are done: on a full disk the sender gets an error, and sends it again.
  if (fingerprint !== undefined) store.lastEdit.answered(fingerprint)
  return {...confirmed, settling}
}
