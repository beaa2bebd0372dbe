/** Turns the value of a query into JSON, and limits its size. */
import type {ExprNode} from 'groq-js'

import type {Json} from '../core/document.ts'
import {resultTooLarge} from '../core/errors.ts'
import {isArray, Scalar, setAttribute, type Value} from '../core/value.ts'
import {type Budget, spend} from '../execution/budget.ts'
import {Geography} from '../geometry/geography.ts'
import {childrenOf} from '../parse/ast.ts'

/**
 * The JSON of a value: datetimes, paths and geographies become what they are written as.
 * @param mayHaveSpecial See `mayGiveSpecial`. If false, the value is JSON already, and is returned as
 *   it is.
 */
export const plainValue = (value: Value, mayHaveSpecial: boolean): Json =>
  isPlain(value, mayHaveSpecial) ? value : convert(value)

const isPlain = (_value: Value, mayHaveSpecial: boolean): _value is Json => !mayHaveSpecial

const convert = (value: Value): Json => {
  if (typeof value !== 'object' || value === null) return value
  if (isArray(value)) return value.map(convert)
  if (value instanceof Scalar) return convert(value.toJSON())
  const result: Record<string, Json> = {}
  for (const [name, inner] of Object.entries(value)) setAttribute(result, name, convert(inner))
  return result
}

/**
 * Whether the value of an expression may hold datetimes, paths or geographies. Copying an answer to
 * convert them can take as long as computing it, so a function that makes such a value counts only
 * where the value can become part of the answer: not in the condition of a filter, in a comparison
 * or in a sort key.
 */
export const mayGiveSpecial = (node: ExprNode): boolean => {
  switch (node.type) {
    case 'And':
    case 'Or':
    case 'Not':
    case 'InRange':
      return false
    case 'OpCall':
      return isArithmetic(node.op) && (mayGiveSpecial(node.left) || mayGiveSpecial(node.right))
    case 'Filter':
    case 'PipeFuncCall':
      return mayGiveSpecial(node.base)
    case 'Select':
      return (
        node.alternatives.some(({value}) => mayGiveSpecial(value)) ||
        (node.fallback !== undefined && mayGiveSpecial(node.fallback))
      )
    case 'FuncCall':
      if (specialMakers.has(`${node.namespace}::${node.name}`)) return true
      return node.args.some(mayGiveSpecial)
    case 'Object':
      return node.attributes.some(({value}) => mayGiveSpecial(value))
    default:
      return childrenOf(node).some((child) => mayGiveSpecial(child.node))
  }
}

const isArithmetic = (operator: string): boolean =>
  ['+', '-', '*', '/', '%', '**'].includes(operator)

/** The functions whose value is not JSON. */
const specialMakers: ReadonlySet<string> = new Set([
  'dateTime::now',
  'geo::latLng',
  'global::dateTime',
  'global::geo',
  'global::path',
  'text::query',
])

/**
 * About how often the result of an expression may hold a value for each time that it is visited: the parts of arrays and objects add up, and projections of projections multiply.
 */
export const repetitionsOf = (node: ExprNode): number => {
  const parts = childrenOf(node).map((child) => repetitionsOf(child.node))
  switch (node.type) {
    case 'Projection':
    case 'Map':
    case 'FlatMap':
      return parts.reduce((product, part) => product * part, 1)
    case 'Array':
    case 'Object':
    case 'OpCall':
    case 'FuncCall':
      return Math.max(
        1,
        parts.reduce((sum, part) => sum + part, 0),
      )
    default:
      return Math.max(1, ...parts)
  }
}

/**
 * Whether a result may be so large that it must be measured, which takes longer than evaluating
 * it. 500 elements would have to be 128 KB each; for more, samples give an estimate. A server
 * measures the JSON that it sends anyway.
 */
export const mayBeLarge = (
  value: Value,
  {repetitions, steps}: {readonly repetitions: number; readonly steps: number},
  mostBytes: number,
): boolean =>
  repetitions > 10_000 ||
  steps > 2_000 ||
  repetitions * steps > 500_000 ||
  (steps > 500 && estimate(value) > mostBytes / 8)

/** About how many bytes, from a few elements of each array. */
const estimate = (value: Value): number => {
  if (typeof value === 'string') return value.length
  if (typeof value !== 'object' || value === null || value instanceof Scalar) return 4
  if (!isArray(value)) {
    let bytes = 0
    for (const inner of Object.values(value)) bytes += 8 + estimate(inner)
    return bytes
  }
  const {length} = value
  const samples = Math.min(length, 4)
  let bytes = 0
  for (let sample = 0; sample < samples; sample++) {
    bytes += estimate(value[Math.floor((sample * length) / samples)] ?? null)
  }
  return samples === 0 ? 0 : (bytes * length) / samples
}

/**
 * Refuses a result whose JSON would be larger than allowed, before it is made. A small query can
 * have a huge one: what it computes once may stand in it many times (`{"x": [y, y]}{…}`).
 *
 * @throws 400 queryError.
 */
export const assertResultSize = (value: Value, mostBytes: number): void => {
  if (bytesOf(value, mostBytes) > mostBytes) throw resultTooLarge(mostBytes)
}

/** Bytes of JSON that are written in the time of one unit of work. */
const BYTES_PER_UNIT = 8

/**
 * Counts the work of writing a result as JSON, which nothing interrupts. Skipped where the budget
 * sets no limit for work at once.
 */
export const spendOnResult = (budget: Budget, value: Value): void => {
  const {mostAtOnce} = budget
  if (mostAtOnce === Infinity) return
  const bytes = bytesOf(value, (mostAtOnce + 1) * BYTES_PER_UNIT)
  spend(budget, Math.trunc(bytes / BYTES_PER_UNIT))
}

/** A lower bound of the bytes; stops counting above `enough`. */
const bytesOf = (value: Value, enough: number): number => {
  if (typeof value !== 'object' || value === null) return bytesOfScalar(value)
  let bytes = 2
  // Most parts are scalars: a call for each would take as long as all else.
  if (isArray(value)) {
    for (const element of value) {
      if (typeof element === 'string') bytes += element.length + 3
      else if (typeof element === 'number') bytes += 2
      else if (typeof element !== 'object' || element === null) bytes += 5
      else bytes += bytesOf(element, enough - bytes) + 1
      if (bytes > enough) return bytes
    }
  } else if (value instanceof Scalar) {
    if (value instanceof Geography) return bytesOf(value.geoJson, enough)
  } else {
    // Names are left out: counting them takes longer than all else. So would a list of the values.
    for (const name in value) {
      const part = value[name]
      if (typeof part === 'string') bytes += part.length + 6
      else if (typeof part === 'number') bytes += 5
      else if (typeof part !== 'object' || part === null) bytes += 8
      else bytes += bytesOf(part, enough - bytes) + 4
      if (bytes > enough) return bytes
    }
  }
  return bytes
}

const bytesOfScalar = (value: Value): number => {
  if (typeof value === 'string') return value.length + 2
  return typeof value === 'number' ? 1 : 4
}
