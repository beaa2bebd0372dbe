/** Reads the options and arguments of the npm commands, and refuses wrong ones. */
import {parseArgs, type ParseArgsConfig, type ParseArgsOptionsConfig} from 'node:util'

import {UsageError} from './runCommand.ts'

/**
 * Parses a command's options and arguments; every command has `--help`.
 * @throws UsageError for unknown options, invalid values, and options that npm consumed.
 */
export const readOptions = <const Options extends ParseArgsOptionsConfig>(
  options: Options,
  argv: readonly string[],
  environment: Readonly<Record<string, string | undefined>> = process.env,
) => {
  refuseSwallowed(Object.keys(options), argv, environment)
  try {
    return parseArgs({
      args: [...argv],
      options: {...options, help: {type: 'boolean', short: 'h', default: false}},
      allowPositionals: true,
      strict: true,
    } satisfies ParseArgsConfig)
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    // Cut Node's advice about positional arguments, which does not apply here.
    throw new UsageError(message.replace(/\. To specify a positional argument.*/s, '.'))
  }
}

/**
 * In `npm run seed --dry-run`, without a `--` before it, npm consumes the option: the command would
 * not see it and would write. npm puts what it consumed into the environment.
 */
const refuseSwallowed = (
  names: readonly string[],
  argv: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): void => {
  const swallowed = names.find(
    (name) =>
      environment[`npm_config_${name.replaceAll('-', '_')}`] &&
      !argv.some((word) => word === `--${name}` || word.startsWith(`--${name}=`)),
  )
  if (swallowed === undefined) return
  throw new UsageError(
    `npm read --${swallowed} as its own option. Put -- before the options of a command, ` +
      `as in: npm run ${environment['npm_lifecycle_event'] ?? 'seed'} -- --${swallowed} …`,
  )
}

/** @throws UsageError unless the string is a whole number from 0 to 65535. */
export const readPort = (text: string): number => {
  const port = Number(text)
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port
  throw new UsageError(`--port must be a whole number from 0 to 65535, not "${text}".`)
}
