/**
 * The rule of a webhook, compiled: whether a change of a document leads to a message, and what the
 * message says. Filter and projection see the document after the change as `@` (before it, for a
 * deletion), both states through `before()` and `after()`, and follow references; they cannot query
 * other documents with `*`, as on hosted Sanity.
 */
import {
  createBudget,
  isQuicklyParsed,
  nodesOf,
  prepareQuery,
  type PreparedQuery,
  runQuery,
} from '@copydesk/groq/engine'

import type {HookRecord, HookRule, Operation} from '../access/hookRecord.ts'
import type {Json, StoredDocument} from '../core/document.ts'
import {asLakeError, badRequest, queryError} from '../core/errors.ts'
import {isDraftId, isVersionId} from '../core/ids.ts'
import {MAX_HOOK_PAYLOAD_BYTES} from '../core/limits.ts'
import type {StateChange, TransactionHead} from '../store/history/storedHistory.ts'

export interface ChangeContext {
  readonly projectId: string
  readonly dataset: string
  readonly transaction: TransactionHead
  /** Milliseconds since 1970. */
  readonly now: number
  /** Finds the documents to which references lead. */
  readonly find: (id: string) => StoredDocument | undefined
}

export interface CompiledRule {
  /** Whether changes of the document with this id count at all. */
  concerns(id: string): boolean
  /**
   * The JSON to send; undefined if there is nothing to send.
   * @throws LakeError if the projection fails on the document.
   */
  payload(change: StateChange, context: ChangeContext): string | undefined
}

/** @throws LakeError 400 that names the part which is wrong. */
export const compileRule = ({
  rule,
  includeDrafts,
  includeAllVersions,
}: Pick<HookRecord, 'rule' | 'includeDrafts' | 'includeAllVersions'>): CompiledRule => {
  const filter = prepared(rule, 'filter')
  const projection = prepared(rule, 'projection')
  return {
    concerns: (id) => {
      if (isDraftId(id)) return includeDrafts
      return includeAllVersions || !isVersionId(id)
    },
    payload: (change, context) => {
      const operation = operationOf(change)
      const document = change.after ?? change.before
      if (operation === null || document === null || !rule.on.includes(operation)) return undefined
      const evaluate = (query: PreparedQuery) => run(query, change, document, context)
      if (filter !== null && evaluate(filter) !== true) return undefined
      const result = projection === null ? document : evaluate(projection)
      const json = JSON.stringify(result)
      if (Buffer.byteLength(json) <= MAX_HOOK_PAYLOAD_BYTES) return json
      throw queryError(
        `The message would have more than ${MAX_HOOK_PAYLOAD_BYTES} bytes. Use a projection that ` +
          'selects less.',
      )
    },
  }
}

/** What the change did; null if the document exists neither before nor after it. */
export const operationOf = ({before, after}: StateChange): Operation | null => {
  if (after === null) return before === null ? null : 'delete'
  return before === null ? 'create' : 'update'
}

/**
 * The work that one filter or projection may do on one document, in units of
 * packages/groq/src/execution/budget.ts: some milliseconds, because requests wait meanwhile.
 */
const MOST_WORK = 200_000
const TIME_LIMIT = 1000

const ruleBudget = () =>
  createBudget({
    timeLimit: TIME_LIMIT,
    mostWork: MOST_WORK,
    refusal: () => queryError('The rule takes too long on this document. Make it simpler.'),
  })

const run = (
  query: PreparedQuery,
  {before, after}: StateChange,
  document: StoredDocument,
  {projectId, dataset, transaction, now, find}: ChangeContext,
): Json =>
  runQuery(query, {
    source: {scan: () => [], get: find},
    root: document,
    before,
    after,
    projectId,
    dataset,
    identity: transaction.author,
    now,
    budget: ruleBudget(),
  }).value

const prepared = (rule: HookRule, part: 'filter' | 'projection'): PreparedQuery | null => {
  const text = rule[part]
  if (text === null || text.trim() === '') return null
  const refuse = (reason: string) => badRequest(`"rule.${part}": ${reason}`)
  if (!isQuicklyParsed(text)) throw refuse('the expression is too long.')
  let query: PreparedQuery
  try {
    query = prepareQuery(text, {}, {mode: 'delta'})
  } catch (error) {
    throw refuse(asLakeError(error)?.message ?? String(error))
  }
  const [parameter] = query.parameters
  if (parameter !== undefined) {
    throw refuse(`there is no value for $${parameter}: rules have no parameters.`)
  }
  for (const {type} of nodesOf(query.tree)) {
    if (type !== 'Everything') continue
    throw refuse(
      'a rule sees the changed document and what it refers to, but cannot query others with "*".' +
        (part === 'filter' ? ' Write only what belongs between "*[" and "]".' : ''),
    )
  }
  return query
}
