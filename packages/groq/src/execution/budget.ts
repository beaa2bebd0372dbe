/**
 * Room execution: one execution of a query, and what compiled expressions are. This file: counting
 * and limiting the work of a query.
 */
import {queryError} from '../core/errors.ts'

/**
 * How much a query may do, and how it is stopped. Work is counted before it is done, in units of one
 * visit to an element of an array, some tens of nanoseconds; after every 1,024 units the clock is
 * checked. So no operator runs for long without a check, however large its arguments. Counting too
 * much only costs a check; counting too little blocks other queries.
 */
export interface Budget {
  /** Units so far. */
  work: number
  /** The work at which the clock is checked next. */
  nextLook: number
  /** What cannot be interrupted may take no more units than this at once. */
  readonly mostAtOnce: number
  /** Units of all the work together. */
  readonly mostWork: number
  /** When it has to end, as `performance.now()` counts. */
  readonly deadline: number
  /** Called whenever the clock is checked; throws to end the work. */
  readonly check: (() => void) | undefined
  /** The error when a limit is reached. */
  readonly refusal: () => Error
}

export interface BudgetOptions {
  /** Milliseconds from now. */
  readonly timeLimit: number
  /** Units; no limit unless given. */
  readonly mostAtOnce?: number
  /** Units of all the work together; no limit unless given. */
  readonly mostWork?: number
  /** Called whenever the clock is checked; throws to end the work. */
  readonly check?: () => void
  /** What ends work over the limit; 400 queryError unless given. */
  readonly refusal?: () => Error
}

/** For the serving thread: some milliseconds of what cannot be interrupted. */
export const UNITS_AT_ONCE = 200_000

/** Some 20 microseconds of plain work. */
const UNITS_BETWEEN_LOOKS = 1024

export const createBudget = ({
  timeLimit,
  mostWork = Infinity,
  mostAtOnce = mostWork,
  check,
  refusal = ranTooLong,
}: BudgetOptions): Budget => ({
  work: 0,
  nextLook: UNITS_BETWEEN_LOOKS,
  mostAtOnce,
  mostWork,
  // Plain values: a closure for each query would cost as much as its shortest steps.
  deadline: performance.now() + timeLimit,
  check,
  refusal,
})

const ranTooLong = (): Error =>
  queryError('The query ran for too long. Narrow its filter, or ask for fewer documents.')

/** Counts work that is about to be done. @throws The error of the budget when it has to end. */
export const spend = (budget: Budget, units: number): void => {
  budget.work += units
  if (budget.work >= budget.nextLook) lookUp(budget, units)
}

const lookUp = (budget: Budget, units: number): void => {
  budget.nextLook = budget.work + UNITS_BETWEEN_LOOKS
  if (units > budget.mostAtOnce) throw budget.refusal()
  if (budget.work > budget.mostWork || performance.now() > budget.deadline) throw budget.refusal()
  budget.check?.()
}

/**
 * Counts a string that is about to be read from end to end by the engine itself: compared, hashed,
 * searched, copied. Short ones are part of the work around them.
 */
export const spendOnText = (budget: Budget, characters: number): void => {
  if (characters >= SHORT) spend(budget, characters >> 4)
}

const SHORT = 64

/**
 * At most this many units to find a string in another: V8 may compare every character of one with
 * every character of the other.
 */
export const unitsOfSearch = (within: string, wanted: string): number =>
  (within.length >> 8) * (wanted.length + 16) + 1
