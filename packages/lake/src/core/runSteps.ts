/** What is being done, in words, and how. */
export type Step = readonly [what: string, work: () => void | Promise<void>]

/** What `runSteps` could not do; `message` names the steps. */
export class StepsError extends AggregateError {
  override readonly name = 'StepsError'
}

/** Milliseconds for one step; a lake that closes takes its steps within ten seconds. */
const PATIENCE = 4000

/**
 * Does all steps in their order: one that fails, or does not end in time, keeps none of the others
 * from being done. For what must come to an end whatever happens.
 * @param what All of it, for the error: `closing the lake`.
 * @throws StepsError that names the steps that failed.
 */
export const runSteps = async (
  what: string,
  steps: readonly Step[],
  patience: number = PATIENCE,
): Promise<void> => {
  const failures: Error[] = []
  for (const [step, work] of steps) {
    try {
      await inTime(work(), patience)
    } catch (cause) {
      failures.push(new Error(`${step}: ${messageOf(cause)}`, {cause}))
    }
  }
  if (failures.length === 0) return
  const reasons = failures.map(({message}) => message).join('; ')
  throw new StepsError(failures, `Something went wrong while ${what}. ${reasons}`)
}

const inTime = async (work: void | Promise<void>, patience: number): Promise<void> => {
  if (!(work instanceof Promise)) return
  const late = Promise.withResolvers<void>()
  const timer = setTimeout(
    () => late.reject(new Error(`not done after ${patience / 1000} seconds`)),
    patience,
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
