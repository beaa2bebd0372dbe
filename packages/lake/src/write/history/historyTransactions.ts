/**
 * What `GET /data/history/<dataset>/transactions[/<ids>]` answers, worked out from the stored changes:
 * past transactions with their mutations and effects, as lines of NDJSON.
 */
import type {JsonObject} from '../../core/document.ts'
import {notFound} from '../../core/errors.ts'
import {effectsOf} from '../../store/history/mendoza.ts'
import type {ChangeOutline, History, StateChange} from '../../store/history/storedHistory.ts'
import type {TransactionFilter} from '../../store/history/transactionFilter.ts'
import {utcTime} from './pastDocuments.ts'

/** Times are ISO 8601 in UTC; bounds are inclusive. */
export interface TransactionsRequest {
  /** Transactions that changed one of these documents; undefined for all of the dataset. */
  readonly documentIds?: readonly string[] | undefined
  /** Ids of the first and the last transaction; empty or undefined for no bound. */
  readonly fromTransaction?: string | undefined
  readonly toTransaction?: string | undefined
  readonly fromTime?: string | undefined
  readonly toTime?: string | undefined
  readonly authors?: readonly string[] | undefined
  /** Newest first. */
  readonly reverse?: boolean
  readonly limit?: number | undefined
  /** Mutations contain ids only, no content. */
  readonly excludeContent?: boolean
  /** No mutations. */
  readonly excludeMutations?: boolean
  /** Effects and mutations of `documentIds` only. */
  readonly includeIdentifiedDocumentsOnly?: boolean
  /** `effectFormat=mendoza`. */
  readonly includeEffects?: boolean
}

export interface TransactionLine extends JsonObject {
  readonly id: string
  readonly timestamp: string
  readonly author: string
  readonly documentIDs: readonly string[]
  readonly sequenceNumber: number
}

/**
 * The lines of the response, computed as they are read.
 * @throws LakeError 404 for an unknown transaction, 400 for an invalid time.
 */
export function* historyTransactions(
  history: History,
  request: TransactionsRequest,
): Generator<TransactionLine> {
  const {documentIds, includeEffects, includeIdentifiedDocumentsOnly} = request
  const isAsked = ({id}: {readonly id: string}): boolean =>
    !includeIdentifiedDocumentsOnly || (documentIds?.includes(id) ?? false)
  const mutationsOf = (sequence: number, changes: () => readonly StateChange[]): JsonObject[] =>
    request.excludeContent
      ? history.outlines(sequence).filter(isAsked).map(bareMutationOf)
      : changes().map(mutationOf)
  for (const transaction of history.transactions(filterOf(history, request))) {
    const {sequence, id, timestamp, author} = transaction
    let read: readonly StateChange[] | undefined
    const changes = () => (read ??= history.changes(sequence).filter(isAsked))
    yield {
      id,
      timestamp,
      author,
      documentIDs: transaction.documentIds,
      sequenceNumber: sequence,
      ...(!request.excludeMutations && {mutations: mutationsOf(sequence, changes)}),
      ...(includeEffects && {
        effects: Object.fromEntries(changes().map((change) => [change.id, effectsOf(change)])),
      }),
    }
  }
}

/** History stores states, not mutations; returns one mutation with the same effect. */
const mutationOf = ({id, after}: StateChange): JsonObject =>
  after === null ? {delete: {id}} : {createOrReplace: after}

/** The mutation without content, as hosted Sanity sends it for `excludeContent=true`. */
const bareMutationOf = ({id, existed, exists}: ChangeOutline): JsonObject => {
  if (!exists) return {delete: {id, purge: false}}
  return existed ? {patch: {id}} : {createOrReplace: {_id: id}}
}

const filterOf = (history: History, request: TransactionsRequest): TransactionFilter => {
  const {documentIds, authors, fromTime, toTime, fromTransaction, toTransaction, limit} = request
  const sequenceOf = (id: string): number => {
    const transaction = history.transaction(id)
    if (!transaction) throw notFound(`History has no transaction "${id}"`)
    return transaction.sequence
  }
  return {
    reverse: request.reverse ?? false,
    ...(documentIds && {documentIds}),
    ...(authors && {authors}),
    ...(fromTime && {fromTime: utcTime(fromTime)}),
    ...(toTime && {toTime: utcTime(toTime)}),
    ...(fromTransaction && {fromSequence: sequenceOf(fromTransaction)}),
    ...(toTransaction && {toSequence: sequenceOf(toTransaction)}),
    ...(limit !== undefined && {limit}),
  }
}
