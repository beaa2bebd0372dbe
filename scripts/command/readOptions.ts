import {parseArgs, type ParseArgsConfig, type ParseArgsOptionsConfig} from 'node:util'

import {UsageError} from './runCommand.ts'

/**
 * Reads a command's options and arguments; `--help` is part of every command.
 * @throws UsageError for options that the command does not have, values they cannot take, and
 *   options that npm took for its own.
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
    // Node goes on about positional arguments, which is not what anybody meant.
    throw new UsageError(message.replace(/\. To specify a positional argument.*/s, '.'))
  }
}

/**
 * `npm run seed --dry-run`, without the `--` that hands options on, is an option of npm's: the
 * command would not see it and would write. npm leaves what it took in the environment.
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
    `npm took --${swallowed} for an option of its own. Put -- before the options of a command, ` +
      `as in: npm run ${environment['npm_lifecycle_event'] ?? 'seed'} -- --${swallowed} …`,
  )
}

/** @throws UsageError unless the text is a whole number from 0 to 65535. */
export const readPort = (text: string): number => {
  const port = Number(text)
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port
  throw new UsageError(`--port takes a whole number from 0 to 65535, not "${text}".`)
}
