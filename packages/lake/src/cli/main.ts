/**
 * Runs a command of `lake`: finds it by name, prints help, and prints errors. All commands are
 * imported here, so they import the lake itself, its datasets and its server only when they run.
 */
import {readFileSync} from 'node:fs'

import {FixableError} from '../core/errors.ts'
import {ownModule} from '../core/ownModule.ts'
import {StepsError} from '../core/runSteps.ts'
import {type Command, UsageError} from './command.ts'
import {checkCommand} from './commands/checkCommand.ts'
import {envCommand} from './commands/envCommand.ts'
import {exportCommand} from './commands/exportCommand.ts'
import {hookCommand} from './commands/hookCommand.ts'
import {importCommand} from './commands/importCommand.ts'
import {resetCommand} from './commands/resetCommand.ts'
import {sanityCommand} from './commands/sanityCommand.ts'
import {signInCommand} from './commands/signInCommand.ts'
import {restoreCommand, snapshotCommand} from './commands/snapshotCommands.ts'
import {startCommand} from './commands/startCommand.ts'
import {statusCommand} from './commands/statusCommand.ts'
import {stopCommand} from './commands/stopCommand.ts'
import {tokenCommand} from './commands/tokenCommand.ts'
import {trimCommand} from './commands/trimCommand.ts'

const COMMANDS: Readonly<Record<string, Command>> = {
  start: startCommand,
  stop: stopCommand,
  status: statusCommand,
  'sign-in': signInCommand,
  env: envCommand,
  token: tokenCommand,
  hook: hookCommand,
  import: importCommand,
  export: exportCommand,
  snapshot: snapshotCommand,
  restore: restoreCommand,
  reset: resetCommand,
  trim: trimCommand,
  check: checkCommand,
  sanity: sanityCommand,
}

const overview = (): string => {
  const commands = Object.values(COMMANDS)
  const width = Math.max(...commands.map(({usage}) => usage.length)) + 2
  const rows = commands.map(({usage, summary}) => `  ${usage.padEnd(width)}${summary}`)
  return `lake: an embedded Content Lake.

Usage: lake COMMAND [options]

Commands:
${rows.join('\n')}

Options:
  ${'--data DIR'.padEnd(width)}the data folder (default .lake)
  ${'-h, --help'.padEnd(width)}show this help, or the help of a command
  ${'-v, --version'.padEnd(width)}show the version of the package
`
}

/** The help of one command. The lines after the first empty one are notes. */
const manual = ({usage, summary, help}: Command): string => {
  const end = help.includes('') ? help.indexOf('') : help.length
  const options = [...help.slice(0, end), '--data DIR        the data folder (default .lake)']
  const lines = [
    `Usage: lake ${usage}`,
    '',
    summary,
    '',
    ...options.map((line) => `  ${line}`),
    ...help.slice(end),
  ]
  return `${lines.join('\n')}\n`
}

/** @returns The exit code. */
export const main = async (argv: readonly string[]): Promise<number> => {
  try {
    return await dispatch(argv)
  } catch (error) {
    const text =
      error instanceof Error ? (isExpected(error) ? error.message : error.stack) : String(error)
    process.stderr.write(`lake: ${text}\n`)
    if (error instanceof UsageError) process.stderr.write('See "lake --help".\n')
    return 1
  }
}

/** Whether the message is enough: an error that the user can fix needs no stack trace. */
const isExpected = (error: Error): boolean =>
  error instanceof FixableError ||
  error instanceof StepsError ||
  // An error of the operating system, about a file or folder that the user named.
  'syscall' in error

const version = (): string => {
  const manifest: {readonly version: string} = JSON.parse(
    readFileSync(ownModule('#manifest'), 'utf8'),
  )
  return manifest.version
}

const dispatch = async (argv: readonly string[]): Promise<number> => {
  const [name, ...rest] = argv
  if (name === undefined || name === '-h' || name === '--help') {
    process.stdout.write(overview())
    return name === undefined ? 1 : 0
  }
  if (name === '-v' || name === '--version') {
    process.stdout.write(`${version()}\n`)
    return 0
  }
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
  if (command === undefined) throw new UsageError(`Unknown command "${name}".`)
  const helped = command.hasOwnHelp ? rest.slice(0, 1) : rest
  if (helped.includes('-h') || helped.includes('--help')) {
    process.stdout.write(manual(command))
    return 0
  }
  return (await command.run(rest)) ?? 0
}
