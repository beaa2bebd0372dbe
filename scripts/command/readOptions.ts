import {parseArgs, type ParseArgsConfig, type ParseArgsOptionsConfig} from 'node:util'

import {UsageError} from './runCommand.ts'

/**
 * Reads a command's options and arguments; `--help` is part of every command.
 * @throws UsageError for options that the command does not have and values they cannot take.
 */
export const readOptions = <const Options extends ParseArgsOptionsConfig>(
  options: Options,
  argv: readonly string[],
) => {
  try {
    return parseArgs({
      args: [...argv],
      options: {...options, help: {type: 'boolean', short: 'h', default: false}},
      allowPositionals: true,
      strict: true,
    } satisfies ParseArgsConfig)
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error))
  }
}

/** @throws UsageError unless the text is a whole number from 0 to 65535. */
export const readPort = (text: string): number => {
  const port = Number(text)
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port
  throw new UsageError(`--port takes a whole number from 0 to 65535, not "${text}".`)
}
