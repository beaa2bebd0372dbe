/**
 * The state of one transaction while mutations and actions are applied: reads see its changes so far,
 * and each changed document is written to the store once, however many mutations changed it.
 */
import type {Commit, DocumentChange} from '../../core/commit.ts'
import type {JsonObject, StoredDocument} from '../../core/document.ts'
import {insufficientPermissions, validationError} from '../../core/errors.ts'
import {MUTATION_TIMEOUT} from '../../core/limits.ts'
import {timeNotBefore} from '../../core/timestamp.ts'
import type {StoreTransaction} from '../../store/datasetStore.ts'
import {Refusal} from './refusal.ts'
import type {Permission, WriteContext} from './writeContext.ts'

/** One document that the transaction touched. */
export interface Touched extends DocumentChange {
  /** Position in the request of the mutation or action that changed it last. */
  readonly position: number
}

export interface Workspace {
  readonly transactionId: string
  /** ISO 8601 in UTC. */
  readonly timestamp: string
  readonly context: WriteContext
  readonly store: StoreTransaction
  /** The document as the transaction has it so far. */
  find(id: string): StoredDocument | undefined
  /** The document before the transaction. */
  original(id: string): StoredDocument | undefined
  /** @param mutation The mutation of this document that listeners and history receive. */
  put(document: StoredDocument, mutation: JsonObject): void
  remove(id: string, mutation: JsonObject): void
  /** Deletes the document's history, including this transaction's part. */
  purge(id: string): void
  /**
   * Sets the position of the mutation or action to which the next changes belong.
   * @throws Refusal when the transaction has run too long; reading further documents throws it too.
   */
  startItem(position: number): void
  /** Writes the changes to the store, so that queries and integrity checks see them. */
  flush(): void
  touched(): readonly Touched[]
  /** Records the transaction; null when it changed nothing. */
  commit(dataset: string): Commit | null
}

interface Staged extends Touched {
  after: StoredDocument | null
  position: number
  readonly mutations: JsonObject[]
}

export const openWorkspace = (
  store: StoreTransaction,
  transactionId: string,
  context: WriteContext,
): Workspace => {
  const started = context.now()
  const timestamp = timeNotBefore(started, store.lastTimestamp)
  const originals = new Map<string, StoredDocument | null>()
  const staged = new Map<string, Staged>()
  const unwritten = new Set<string>()
  const purged = new Set<string>()
  let position = 0

  /** Called for each mutation and each document read, which is what takes long. */
  const checkTime = (): void => {
    context.checkpoint?.()
    if (context.now() - started <= MUTATION_TIMEOUT) return
    const minutes = MUTATION_TIMEOUT / 60_000
    throw new Refusal(
      validationError(`The request ran for more than ${minutes} minutes; nothing was changed`),
    )
  }

  const original = (id: string): StoredDocument | null => {
    let document = originals.get(id)
    if (document === undefined) {
      checkTime()
      document = store.get(id) ?? null
      originals.set(id, document)
    }
    return document
  }

  const find = (id: string): StoredDocument | null => {
    const own = staged.get(id)
    return own ? own.after : original(id)
  }

  const permit = (permission: Permission, document: StoredDocument): void => {
    if (context.can?.(permission, document) === false) {
      throw new Refusal(insufficientPermissions(permission))
    }
  }

  const stage = (id: string, after: StoredDocument | null, mutation: JsonObject): void => {
    unwritten.add(id)
    const own = staged.get(id)
    if (own) {
      own.after = after
      own.position = position
      own.mutations.push(mutation)
    } else {
      staged.set(id, {id, before: original(id), after, position, mutations: [mutation]})
    }
  }

  const touched = (): Touched[] =>
    [...staged.values()].filter(({before, after}) => before !== null || after !== null)

  return {
    transactionId,
    timestamp,
    context,
    store,
    find: (id) => find(id) ?? undefined,
    original: (id) => original(id) ?? undefined,
    put(document, mutation) {
      const old = find(document._id)
      if (old) permit('update', old)
      permit(old ? 'update' : 'create', document)
      stage(document._id, document, mutation)
    },
    remove(id, mutation) {
      const old = find(id)
      if (old) permit('delete', old)
      stage(id, null, mutation)
    },
    purge: (id) => void purged.add(id),
    startItem: (next) => {
      checkTime()
      position = next
    },
    flush() {
      for (const id of unwritten) {
        context.checkpoint?.()
        const document = find(id)
        if (document) store.put(document)
        else store.delete(id)
      }
      unwritten.clear()
    },
    touched,
    commit(dataset) {
      const changes = touched().map(({position: _position, ...change}) => change)
      if (changes.length === 0) return null
      const {author} = context
      const commit: Commit = {
        dataset,
        transactionId,
        timestamp,
        author,
        sequence: store.nextSequence,
        changes,
      }
      for (const id of purged) store.deleteHistory(id)
      store.record({...commit, changes: changes.filter(({id}) => !purged.has(id))})
      return commit
    },
  }
}
