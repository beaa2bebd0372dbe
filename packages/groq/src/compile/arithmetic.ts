/** `+ - * / % **` and signs. Operands of other types than an operator takes give null. */
import type {NegNode, OpCallNode, PosNode} from 'groq-js'

import {isArray, isObject, toNumber} from '../core/value.ts'
import type {Value} from '../core/value.ts'
import type {Compiled, Compiler} from '../execution/compiler.ts'
import {allocateElements, allocateText} from '../execution/execution.ts'
import type {Execution} from '../execution/execution.ts'
import {DateTime, dateTimeFrom} from '../values/dateTime.ts'
import {assignAttributes} from './spread.ts'

type Operate = (left: Value, right: Value, execution: Execution) => Value

const numeric =
  (operate: (left: number, right: number) => number): Operate =>
  (left, right) =>
    typeof left === 'number' && typeof right === 'number' ? toNumber(operate(left, right)) : null

const plus: Operate = (left, right, execution) => {
  if (typeof left === 'number' && typeof right === 'number') return toNumber(left + right)
  if (typeof left === 'string' && typeof right === 'string') {
    allocateText(execution, left.length + right.length)
    return left + right
  }
  if (left instanceof DateTime && typeof right === 'number') return addSeconds(left, right)
  if (typeof left === 'number' && right instanceof DateTime) return addSeconds(right, left)
  if (isArray(left) && isArray(right)) {
    allocateElements(execution, left.length + right.length)
    return left.concat(right)
  }
  if (isObject(left) && isObject(right)) {
    const merged: Record<string, Value> = {}
    assignAttributes(merged, left, execution)
    assignAttributes(merged, right, execution)
    return merged
  }
  return null
}

const minus: Operate = (left, right) => {
  if (typeof left === 'number' && typeof right === 'number') return toNumber(left - right)
  if (!(left instanceof DateTime)) return null
  if (typeof right === 'number') return addSeconds(left, -right)
  if (right instanceof DateTime) return (left.milliseconds - right.milliseconds) / 1000
  return null
}

/** To the millisecond in which the sum lies: rounded first, 1.001 seconds would be 1000 ms. */
const addSeconds = (time: DateTime, seconds: number): DateTime | null =>
  dateTimeFrom(Math.floor(time.milliseconds + seconds * 1000))

const operators = {
  '+': plus,
  '-': minus,
  '*': numeric((left, right) => left * right),
  '/': numeric((left, right) => left / right),
  '%': numeric((left, right) => left % right),
  '**': numeric((left, right) => left ** right),
} satisfies Record<string, Operate>

export type ArithmeticOperator = keyof typeof operators

export const compileArithmetic = (
  operator: ArithmeticOperator,
  node: OpCallNode,
  compiler: Compiler,
): Compiled => {
  const operate = operators[operator]
  const left = compiler.evaluate(node.left)
  const right = compiler.evaluate(node.right)
  return {evaluate: (scope) => operate(left(scope), right(scope), scope.execution)}
}

export const compileNegative = (node: NegNode, compiler: Compiler): Compiled => {
  const base = compiler.evaluate(node.base)
  return {
    evaluate: (scope) => {
      const value = base(scope)
      return typeof value === 'number' ? -value : null
    },
  }
}

export const compilePositive = (node: PosNode, compiler: Compiler): Compiled => {
  const base = compiler.evaluate(node.base)
  return {
    evaluate: (scope) => {
      const value = base(scope)
      return typeof value === 'number' ? value : null
    },
  }
}
