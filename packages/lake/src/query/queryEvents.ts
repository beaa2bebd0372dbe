/**
 * Diagnostics channel for queries: lets tools and `--verbose` see each query, its time and its plan.
 */
import {channel} from 'node:diagnostics_channel'

import type {Explanation} from './explain.ts'

/**
 * Published on the diagnostics channel `copydesk:lake:query` for each query that was evaluated or
 * answered from the dataset's cache. An identical HTTP request may be answered before it comes here.
 * Values of parameters are left out, because they may be private.
 */
export interface QueryEvent {
  readonly dataset: string
  readonly query: string
  /** Milliseconds, waiting included. */
  readonly ms: number
  /** How it was executed; missing if the result was in the cache or the query failed. */
  readonly explanation?: Explanation
  /** Why it failed. */
  readonly error?: string
}

const queries = channel('copydesk:lake:query')

/** Whether a message of the channel is one of the lake's. */
export const isQueryEvent = (message: unknown): message is QueryEvent =>
  typeof message === 'object' && message !== null && 'query' in message && 'ms' in message

/** Whether the channel has subscribers; without any, nothing is measured. */
export const areQueriesObserved = (): boolean => queries.hasSubscribers

/**
 * Answers a query and publishes its event.
 * @param answer Answers it, and calls `explained` before it returns or resolves, unless the result
 *   was in the cache.
 */
export const observeQuery = <Answer>(
  dataset: string,
  query: string,
  answer: (explained: (explanation: Explanation) => void) => Answer | Promise<Answer>,
): Answer | Promise<Answer> => {
  const started = performance.now()
  let explanation: Explanation | undefined
  const publish = (outcome: Pick<QueryEvent, 'error'>): void => {
    const event: QueryEvent = {
      dataset,
      query,
      ms: performance.now() - started,
      ...(explanation && {explanation}),
      ...outcome,
    }
    queries.publish(event)
  }
  const succeeded = (answered: Answer): Answer => {
    publish({})
    return answered
  }
  const failed = (error: unknown): never => {
    publish({error: error instanceof Error ? error.message : String(error)})
    throw error
  }
  let answered: Answer | Promise<Answer>
  try {
    answered = answer((found) => {
      explanation = found
    })
  } catch (error) {
    return failed(error)
  }
  return answered instanceof Promise ? answered.then(succeeded, failed) : succeeded(answered)
}
