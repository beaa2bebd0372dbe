/** `GET /data/history/<dataset>/transactions[/<ids>]`: what was done, and its effects. */
import type {JsonObject} from '../../document.ts'
import {notFound} from '../../errors.ts'
import type {History, StateChange, TransactionFilter} from '../../store/history.ts'
import {effectsOf} from '../effects.ts'
import {utcTime} from './utcTime.ts'

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
  /** No mutations. */
  readonly excludeContent?: boolean
  readonly excludeMutations?: boolean
  /** Effects and mutations of the asked documents only. */
  readonly includeIdentifiedDocumentsOnly?: boolean
  /** `effectFormat=mendoza`. */
  readonly includeEffects?: boolean
}

export interface TransactionLine extends JsonObject {
  readonly id: string
  readonly timestamp: string
  readonly author: string
  readonly documentIDs: readonly string[]
}

/**
 * The lines of the NDJSON answer, computed as they are read.
 * @throws 404 for a transaction that history does not know, 400 for a time that is none.
 */
export function* historyTransactions(
  history: History,
  request: TransactionsRequest,
): Generator<TransactionLine> {
  const {documentIds, includeEffects, includeIdentifiedDocumentsOnly} = request
  const includeMutations = !request.excludeContent && !request.excludeMutations
  for (const transaction of history.transactions(filterOf(history, request))) {
    const {sequence, id, timestamp, author} = transaction
    const line = {id, timestamp, author, documentIDs: transaction.documentIds}
    if (!includeEffects && !includeMutations) {
      yield line
      continue
    }
    const changes = history
      .changes(sequence)
      .filter((change) => !includeIdentifiedDocumentsOnly || documentIds?.includes(change.id))
    yield {
      ...line,
      ...(includeMutations && {mutations: changes.map(mutationOf)}),
      ...(includeEffects && {
        effects: Object.fromEntries(changes.map((change) => [change.id, effectsOf(change)])),
      }),
    }
  }
}

/** History keeps states, not what was sent; one mutation of the same effect stands for it. */
const mutationOf = ({id, after}: StateChange): JsonObject =>
  after === null ? {delete: {id}} : {createOrReplace: after}

const filterOf = (history: History, request: TransactionsRequest): TransactionFilter => {
  const {documentIds, authors, fromTime, toTime, fromTransaction, toTransaction, limit} = request
  const sequenceOf = (id: string): number => {
    const transaction = history.transaction(id)
    if (!transaction) throw notFound(`History does not know the transaction "${id}"`)
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
