/** The state of one execution of a query: parameters, time, budget and report. */
import type {Json} from '../core/document.ts'
import {queryError} from '../core/errors.ts'
import type {Value} from '../core/value.ts'
import type {DocumentSource} from '../source/source.ts'
import {type Budget, spend, spendOnText} from './budget.ts'

/** All that one execution of a prepared query knows and remembers. */
export interface Execution {
  readonly source: DocumentSource
  readonly params: Readonly<Record<string, Json>>
  /** What `now()` answers, in milliseconds since 1970: one time for the whole query. */
  readonly timestamp: number
  readonly identity: string
  readonly projectId: string | null
  readonly dataset: string | null
  readonly before: Value
  readonly after: Value
  /** Called when the execution ends, however it ends. */
  readonly whenDone: (() => void)[]
  readonly report: Report
  readonly budget: Budget
  /** Elements visited so far. */
  steps: number
  /** Bytes that the query may still use for strings and arrays which it makes. */
  allowance: number
}

/** What an execution did, for explain. */
export interface Report {
  /** How documents were found, by the term or plan that found them, in order of first use. */
  readonly reads: Map<object, Read>
  documents: number
  /** Ids of references that were followed, found or not, with repetitions. */
  readonly dereferenced: string[]
}

export interface Read {
  /** In words; different reads may share a description. */
  readonly describe: () => string
  times: number
  candidates: number
}

/**
 * What an expression sees: a value as `@`, and the scopes that `^` climbs to. A loop may reuse
 * one scope for all its elements, so a scope is only good while an element is evaluated.
 */
export interface Scope {
  readonly execution: Execution
  value: Value
  readonly parent: Scope | undefined
}

/**
 * Counts one element visited.
 * @throws When the query has run too long or its caller has gone.
 */
export const step = (execution: Execution): void => {
  execution.steps++
  spend(execution.budget, 1)
}

/** Counts work that is not visits of elements; see budget.ts. */
export const charge = (execution: Execution, units: number): void => spend(execution.budget, units)

/** Counts a string that is about to be read from end to end; see budget.ts. */
export const chargeText = (execution: Execution, characters: number): void =>
  spendOnText(execution.budget, characters)

/** Counts elements about to be put into a new array, so that no query can fill the memory. */
export const allocateElements = (execution: Execution, elements: number): void => {
  charge(execution, elements >> 3)
  allocate(execution, elements * 8)
}

/** Counts the characters of a string that is made from others. */
export const allocateText = (execution: Execution, characters: number): void => {
  chargeText(execution, characters)
  allocate(execution, characters)
}

const allocate = (execution: Execution, bytes: number): void => {
  execution.allowance -= bytes
  if (execution.allowance < 0) {
    throw queryError('The query joins too much text or too large arrays. Slice or filter first.')
  }
}
