/** Wrong options or arguments: exit code 2, with a pointer to --help. */
export class UsageError extends Error {}

/** Any other problem that the user can fix; the message says what happened and what to do. */
export class CommandError extends Error {}

/**
 * Runs an npm command: turns the result of `main`, or what it throws, into an exit code and a
 * message on stderr. 0 done, 1 failed or refused something, 2 wrong usage, 130 stopped by Ctrl-C.
 */
export const runCommand = async (
  name: string,
  main: (argv: readonly string[]) => Promise<number>,
): Promise<void> => {
  try {
    process.exitCode = await main(process.argv.slice(2))
  } catch (error) {
    process.exitCode = report(name, error)
  }
}

const report = (name: string, error: unknown): number => {
  if (error instanceof UsageError) {
    process.stderr.write(`${error.message}\nOptions: npm run ${name} -- --help\n`)
    return 2
  }
  process.stderr.write(`${messageOf(error)}\n`)
  // A stack trace helps only if the fault is in this code.
  if (process.env['DEBUG'] !== undefined && error instanceof Error) {
    process.stderr.write(`${error.stack}\n`)
  }
  return 1
}

/** Includes the causes, because a lost connection only says "fetch failed". A whole sentence needs none. */
const messageOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error)
  if (error.message.endsWith('.')) return error.message
  const cause = error.cause === undefined ? '' : messageOf(error.cause)
  return error.message.includes(cause) ? error.message : `${error.message}: ${cause}`
}
