/** The shape of a command of `lake`, and how its options and arguments are read. */
import {parseArgs, type ParseArgsConfig} from 'node:util'

import {FixableError} from '../core/errors.ts'

/** One command of `lake`. */
export interface Command {
  /** The command line after `lake`: `snapshot FOLDER`. */
  readonly usage: string
  readonly summary: string
  /** Lines for `--help`: arguments and options, and after an empty line notes. `--data` is added. */
  readonly help: readonly string[]
  /** Whether the arguments belong to another program, including `--help`. */
  readonly hasOwnHelp?: true
  /** @returns The exit code; 0 if undefined. */
  run(argv: readonly string[]): Promise<number | void>
}

type Options = NonNullable<ParseArgsConfig['options']>

/** The data folder unless `--data` names another. */
export const DEFAULT_DATA_FOLDER = '.lake'

const COMMON = {
  data: {type: 'string', default: DEFAULT_DATA_FOLDER},
} as const satisfies Options

/** An error that the user can fix; printed without a stack trace. */
export class UsageError extends FixableError {
  override readonly name = 'UsageError'
}

/** Reads options and arguments. @throws UsageError for an unknown option, which it names. */
export const readOptions = <T extends Options>(argv: readonly string[], options: T) => {
  try {
    return parseArgs({
      args: [...argv],
      options: {...COMMON, ...options},
      allowPositionals: true,
      allowNegative: true,
      strict: true,
    })
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error))
  }
}

/** The one argument of a command. @param name Its name in the usage, for errors. */
export const argument = (positionals: readonly string[], name: string): string => {
  const [first, ...more] = positionals
  if (first === undefined) throw new UsageError(`Missing argument: expected ${name}.`)
  if (more.length > 0) {
    throw new UsageError(`Unexpected argument "${more.join(' ')}": expected one ${name}.`)
  }
  return first
}
