/** Computes a value once for each execution of a query. */
import type {Execution, Scope} from './execution.ts'

/**
 * A function of the scope whose value is the same throughout an execution, computed when it is
 * first needed. Executions do not interleave, so remembering the latest is enough; it is
 * forgotten when the execution ends, so that a prepared query holds no documents.
 */
export const oncePerExecution = <T>(compute: (scope: Scope) => T): ((scope: Scope) => T) => {
  let held: {readonly execution: Execution; readonly value: T} | undefined
  return (scope) => {
    if (!held || held.execution !== scope.execution) {
      held = {execution: scope.execution, value: compute(scope)}
      scope.execution.whenDone.push(() => {
        held = undefined
      })
    }
    return held.value
  }
}
