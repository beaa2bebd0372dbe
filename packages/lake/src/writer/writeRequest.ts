/**
 * A mutate or actions request as plain values, and the code that applies it. The serving thread and
 * the writer thread both use it.
 */
import {
  createBudget,
  spend,
  UNITS_AT_ONCE,
  isQuicklyParsed,
  prepareQuery,
  runQuery,
} from '@copydesk/groq/engine'

import {type Caller, can} from '../access/caller.ts'
import type {Commit} from '../core/commit.ts'
import {isJsonObject, type Json, type JsonObject} from '../core/document.ts'
import {queryCancelled, withLakeErrors} from '../core/errors.ts'
import {QUERY_TIMEOUT} from '../core/limits.ts'
import {guardSource} from '../query/guardedSource.ts'
import type {DatasetStore} from '../store/datasetStore.ts'
import {applyActions} from '../write/actions/applyActions.ts'
import {applyMutations, type MutateOptions} from '../write/mutations/applyMutations.ts'
import type {WriteContext} from '../write/transaction/writeContext.ts'

export interface WriteRequest {
  readonly kind: 'mutations' | 'actions'
  /** User id of the author. */
  readonly author: string
  /** Whose permissions apply; null for the lake itself, which may do everything. */
  readonly caller: Caller | null
  readonly options: MutateOptions
}

/** Who waits for a write. */
export interface WriteClient {
  /** Aborted when the client disconnects: a request that has not started is then dropped. */
  readonly signal: AbortSignal
  /** Called when the request's turn comes; throws if the client may no longer write. */
  admit?(): void
}

/** The response body: as JSON bytes, or as a value to encode. */
export type WriteAnswer = JsonObject | Uint8Array

/** What the thread that applies a request provides. */
export interface WriteEnvironment extends Pick<
  WriteContext,
  'now' | 'newId' | 'existsElsewhere' | 'checkpoint' | 'weigh'
> {
  readonly store: DatasetStore
  readonly projectId: string
  /** Whether queries that select documents must stop; they then fail. */
  readonly isOver?: () => boolean
  /** Makes the error for such a query that does too much at once. Without it there is no limit. */
  readonly tooMuchAtOnce?: () => Error
}

export interface WriteResult {
  /** The body of the response. */
  readonly answer: JsonObject
  /** In order; empty when nothing changed. */
  readonly commits: readonly Commit[]
}

/**
 * Applies a request in one transaction.
 * @param body As sent: `{mutations: […]}` or `{actions: […]}`.
 * @throws LakeError as `applyMutations` and `applyActions` do.
 */
export const applyWriteRequest = (
  request: WriteRequest,
  body: Json,
  environment: WriteEnvironment,
): WriteResult => {
  const {kind, options} = request
  const context = contextOf(request, environment)
  if (kind === 'actions') {
    const {transactionId, commit, settling} = applyActions(
      environment.store,
      body,
      options,
      context,
    )
    return {answer: {transactionId}, commits: present(commit, settling)}
  }
  const {transactionId, results, commit, settling} = applyMutations(
    environment.store,
    body,
    options,
    context,
  )
  return {
    answer: {transactionId, results: results.map((result) => ({...result}))},
    commits: present(commit, settling),
  }
}

const present = (...commits: readonly (Commit | null)[]): readonly Commit[] =>
  commits.filter((commit) => commit !== null)

const contextOf = ({author, caller}: WriteRequest, environment: WriteEnvironment): WriteContext => {
  const {store, projectId, now, newId, existsElsewhere, checkpoint, weigh, isOver, tooMuchAtOnce} =
    environment
  return {
    author,
    now,
    newId,
    ...(caller && {
      can: (permission) => can(caller, permission === 'delete' ? 'update' : permission),
    }),
    select: (query, params) => {
      const source = store.source({
        perspective: 'raw',
        includePrivate: caller === null || can(caller, 'read'),
      })
      if (tooMuchAtOnce && !isQuicklyParsed(query)) throw tooMuchAtOnce()
      const budget = createBudget({
        timeLimit: QUERY_TIMEOUT,
        ...(tooMuchAtOnce && {mostAtOnce: UNITS_AT_ONCE, refusal: tooMuchAtOnce}),
        check: () => {
          checkpoint?.()
          if (isOver?.()) throw queryCancelled()
        },
      })
      return withLakeErrors(() => {
        const prepared = prepareQuery(query, params)
        const {value} = store.read(
          () =>
            runQuery(prepared, {
              source: guardSource(source, budget),
              budget,
              params,
              identity: author,
              now: now(),
              projectId,
              dataset: store.name,
            }),
          (units) => spend(budget, units),
        )
        return idsIn(value)
      })
    },
    ...(existsElsewhere && {existsElsewhere}),
    ...(checkpoint && {checkpoint}),
    ...(weigh && {weigh}),
  }
}

/** Ids of the documents in a query result: whole documents, projections or ids. */
const idsIn = (value: Json): string[] => {
  if (Array.isArray(value)) return value.flatMap(idsIn)
  if (typeof value === 'string') return [value]
  return isJsonObject(value) && typeof value['_id'] === 'string' ? [value['_id']] : []
}
