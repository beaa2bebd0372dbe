/** Makes the source map of an answer. */
import {compilerFor, rewritten} from '../compile/expression.ts'
import type {Json} from '../core/document.ts'
import {charge} from '../execution/execution.ts'
import type {Execution} from '../execution/execution.ts'
import {type PreparedQuery, type RunOptions, runQuery} from '../query/query.ts'
import {
  type ArraySteps,
  type ContentSourceMap,
  unknownSourceMap,
  writeSourceMap,
} from './contentSourceMap.ts'
import {createOrigins} from './origins.ts'
import {compileTrace} from './trace.ts'
import {type Traced, nothing} from './traced.ts'
import type {Trace} from './traceScope.ts'

/** Traces are compiled when they are first needed, and kept as long as the query is. */
const traces = new WeakMap<PreparedQuery, Trace>()

/**
 * Where each part of an answer comes from: runs the query once more, slower, on the same state of
 * the dataset. If the result differs from the answer, the map says that nothing is known.
 *
 * @throws 400 queryError when a limit is reached.
 */
export const sourceMapOf = (
  query: PreparedQuery,
  options: RunOptions,
  answer: Json,
  arraySteps: ArraySteps,
): ContentSourceMap => {
  const {traced, value} = traceQuery(query, options)
  return JSON.stringify(value) === JSON.stringify(answer)
    ? writeSourceMap(traced, arraySteps, options.budget)
    : unknownSourceMap
}

export const traceQuery = (
  query: PreparedQuery,
  options: RunOptions,
): {readonly traced: Traced; readonly value: Json} => {
  const trace = traceFor(query)
  let execution: Execution | undefined
  const origins = createOrigins(options.source, (units) => {
    if (execution) charge(execution, units)
  })
  let traced = nothing
  const {value} = runQuery(
    {
      ...query,
      evaluate: (plain) => {
        ;({execution} = plain)
        traced = trace({plain, self: origins.of(plain.value), parent: undefined, origins})
        return traced.value
      },
    },
    {...options, source: origins.source},
  )
  return {traced, value}
}

const traceFor = (query: PreparedQuery): Trace => {
  let trace = traces.get(query)
  if (!trace) {
    const {optimisations, tree} = query
    const compiler = compilerFor({optimisations, inHidden: false, repeated: false})
    trace = compileTrace(rewritten(tree, optimisations), compiler)
    traces.set(query, trace)
  }
  return trace
}
