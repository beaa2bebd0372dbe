import {parseArgs, type ParseArgsConfig} from 'node:util'

/** One command of `lake`: what it is for, what it takes, and what it does. */
export interface Command {
  /** What follows `lake`: `snapshot FOLDER`. */
  readonly usage: string
  readonly summary: string
  /** One line each, for `--help`; `--data` is every command's. */
  readonly help: readonly string[]
  /** What follows its name is another program's, `--help` included. */
  readonly hasOwnHelp?: true
  /** @returns The exit code, 0 unless told otherwise. */
  run(argv: readonly string[]): Promise<number | void>
}

type Options = NonNullable<ParseArgsConfig['options']>

const COMMON = {
  data: {type: 'string', default: '.lake'},
} as const satisfies Options

/** Something that the person at the keyboard can put right: printed without a stack. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** Options and operands of a command; an unknown option is a UsageError that names it. */
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

/** @param name Of the operand, for the error. */
export const operand = (positionals: readonly string[], name: string): string => {
  const [first, ...more] = positionals
  if (first === undefined) throw new UsageError(`${name} is missing.`)
  if (more.length > 0) throw new UsageError(`"${more.join(' ')}" is too much: one ${name}, please.`)
  return first
}
