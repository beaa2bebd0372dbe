/** Projects a page of elements whose references are fetched together. */
import type {ExprNode} from 'groq-js'

import type {Value} from '../core/value.ts'
import type {Compiled, Compiler, Each, Evaluate, FastWays} from '../execution/compiler.ts'
import {step} from '../execution/execution.ts'
import {fetchAheadAt} from './fetchAhead.ts'
import {referencePaths} from './referencePaths.ts'

/** Elements whose references are fetched together. */
const longestPage = 200

const sizeOf = ({fast}: Compiled, limit = Infinity): number =>
  Math.min(limit, fast?.atMost ?? Infinity)

/** Of a list of projected elements: its length is that of the list of elements. */
export const mapWays = (base: Compiled, limit?: number): FastWays | undefined =>
  base.fast && {
    ...(base.fast.count && {count: base.fast.count}),
    atMost: sizeOf(base, limit),
  }

/**
 * When the references of the first element had to be fetched, chances are that the others' have to
 * be, too: then those elements wait until all that they refer to is fetched.
 *
 * @param limit How many elements will be looked at.
 * @returns Undefined for a list that may be long, or whose elements follow no references.
 */
export const mapPage = (
  base: Compiled,
  expression: ExprNode,
  evaluate: Evaluate,
  compiler: Compiler,
  limit?: number,
): Each | undefined => {
  const {each} = base
  if (!compiler.optimisations.has('fetchAhead') || !each || sizeOf(base, limit) > longestPage) {
    return undefined
  }
  const paths = referencePaths(expression)
  if (paths.length === 0) return undefined
  const fetchAhead = fetchAheadAt(paths)
  return (scope, visit) => {
    const {execution} = scope
    const element = compiler.nest(scope, null)
    const project = (value: Value): boolean => {
      step(execution)
      element.value = value
      return visit(evaluate(element))
    }
    let waiting: Value[] | undefined
    const isArray = each(scope, (value) => {
      if (waiting) {
        waiting.push(value)
        return true
      }
      const before = execution.source.loads ?? 0
      const wantsMore = project(value)
      if (wantsMore && (execution.source.loads ?? 0) > before) waiting = []
      return wantsMore
    })
    if (waiting && waiting.length > 0) {
      fetchAhead(waiting, execution)
      waiting.every(project)
    }
    return isArray
  }
}
