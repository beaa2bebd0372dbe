/**
 * Runs the steps of a shutdown: one that fails or takes too long does not stop the others, and all
 * failures are reported together.
 */
/** A step, with the name that an error gives it. */
export type Step = readonly [what: string, work: () => void | Promise<void>]

/** The failures of `runSteps`; `message` names the steps. */
export class StepsError extends AggregateError {
  override readonly name = 'StepsError'
}

/** Milliseconds for one step; a lake closes within ten seconds. */
const STEP_TIMEOUT = 4000

/**
 * Runs all steps in order.
 * @param what Names the whole in the error: `closing the lake`.
 * @param timeout Milliseconds for each step.
 * @throws StepsError that names the steps that failed.
 */
export const runSteps = async (
  what: string,
  steps: readonly Step[],
  timeout: number = STEP_TIMEOUT,
): Promise<void> => {
  const failures: Error[] = []
  for (const [step, work] of steps) {
    try {
      await inTime(work(), timeout)
    } catch (cause) {
      failures.push(new Error(`${step}: ${messageOf(cause)}`, {cause}))
    }
  }
  if (failures.length === 0) return
  const reasons = failures.map(({message}) => message).join('; ')
  throw new StepsError(failures, `Errors while ${what}: ${reasons}`)
}

const inTime = async (work: void | Promise<void>, timeout: number): Promise<void> => {
  if (!(work instanceof Promise)) return
  const late = Promise.withResolvers<void>()
  const timer = setTimeout(
    () => late.reject(new Error(`not done after ${timeout / 1000} seconds`)),
    timeout,
  )
  try {
    await Promise.race([work, late.promise])
  } finally {
    clearTimeout(timer)
  }
}

const messageOf = (error: unknown): string => {
  if (error instanceof AggregateError) return error.errors.map(messageOf).join('; ')
  return error instanceof Error ? error.message : String(error)
}
