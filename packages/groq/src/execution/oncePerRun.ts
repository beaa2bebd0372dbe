import type {Run, Scope} from './run.ts'

/**
 * A function of the scope whose value is the same throughout an execution, computed when it is
 * first needed. Executions do not interleave, so remembering the latest is enough; it is
 * forgotten when the execution ends, so that a prepared query holds no documents.
 */
export const oncePerRun = <T>(compute: (scope: Scope) => T): ((scope: Scope) => T) => {
  let held: {readonly run: Run; readonly value: T} | undefined
  return (scope) => {
    if (!held || held.run !== scope.run) {
      held = {run: scope.run, value: compute(scope)}
      scope.run.whenDone.push(() => {
        held = undefined
      })
    }
    return held.value
  }
}
