/** Functions of the namespace `math::`: statistics over arrays of numbers. */
import {isArray, toNumber} from '../core/value.ts'
import type {Value} from '../core/value.ts'
import {charge} from '../execution/execution.ts'
import type {Execution} from '../execution/execution.ts'
import {unary} from './groqFunction.ts'
import type {Namespace} from './groqFunction.ts'

/** Statistics over arrays of numbers. Nulls are passed over; any other element makes it null. */
export const mathFunctions: Namespace = {
  sum: unary('numbers', 'The sum; 0 for an empty array', (value, execution) =>
    overNumbers(value, execution, (numbers) => total(numbers)),
  ),
  avg: unary('numbers', 'The average; null for an empty array', (value, execution) =>
    overNumbers(value, execution, (numbers) => total(numbers) / numbers.length),
  ),
  min: unary('numbers', 'The smallest; null for an empty array', (value, execution) =>
    overNumbers(value, execution, (numbers) => numbers.reduce((a, b) => Math.min(a, b), Infinity)),
  ),
  max: unary('numbers', 'The largest; null for an empty array', (value, execution) =>
    overNumbers(value, execution, (numbers) => numbers.reduce((a, b) => Math.max(a, b), -Infinity)),
  ),
}

const overNumbers = (
  value: Value,
  execution: Execution,
  compute: (numbers: readonly number[]) => number,
): Value => {
  if (!isArray(value)) return null
  charge(execution, value.length)
  const numbers: number[] = []
  for (const element of value) {
    if (typeof element === 'number') numbers.push(element)
    else if (element !== null) return null
  }
  return toNumber(compute(numbers))
}

const total = (numbers: readonly number[]): number => numbers.reduce((sum, next) => sum + next, 0)
