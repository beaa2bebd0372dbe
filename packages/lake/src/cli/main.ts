import {readFileSync} from 'node:fs'

import {DataFolderError} from '../access/dataFolder.ts'
import {LakeError} from '../core/errors.ts'
import {StepsError} from '../core/runSteps.ts'
import {CheckError} from '../datasets/checkFolder.ts'
import {SnapshotError} from '../datasets/snapshots/snapshot.ts'
import {FolderInUseError} from '../open/openServices.ts'
import {ListenError} from '../server/startServer.ts'
import {type Command, UsageError} from './command.ts'
import {checkCommand} from './commands/checkCommand.ts'
import {exportCommand} from './commands/exportCommand.ts'
import {importCommand} from './commands/importCommand.ts'
import {resetCommand} from './commands/resetCommand.ts'
import {sanityCommand} from './commands/sanityCommand.ts'
import {restoreCommand, snapshotCommand} from './commands/snapshotCommands.ts'
import {startCommand} from './commands/startCommand.ts'
import {statusCommand} from './commands/statusCommand.ts'
import {tokenCommand} from './commands/tokenCommand.ts'
import {trimCommand} from './commands/trimCommand.ts'

/** The `lake` command: an embedded Content Lake by itself, for any project. */
const COMMANDS: Readonly<Record<string, Command>> = {
  start: startCommand,
  status: statusCommand,
  token: tokenCommand,
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
  return `An embedded Content Lake.\n\n  lake COMMAND [options]\n\n${rows.join('\n')}\n
  ${'--data DIR'.padEnd(width)}the data folder (default .lake)
  ${'-h, --help'.padEnd(width)}more about a command
  ${'-v, --version'.padEnd(width)}the version of the package\n`
}

const manual = ({usage, summary, help}: Command): string =>
  `${summary}\n\n  lake ${usage}\n\n${[...help, '--data DIR        the data folder (default .lake)']
    .map((line) => `  ${line}\n`)
    .join('')}`

/** @returns The exit code. */
export const main = async (argv: readonly string[]): Promise<number> => {
  try {
    return await dispatch(argv)
  } catch (error) {
    const text =
      error instanceof Error ? (isExpected(error) ? error.message : error.stack) : String(error)
    process.stderr.write(`lake: ${text}\n`)
    if (error instanceof UsageError) process.stderr.write('Try: lake --help\n')
    return 1
  }
}

/** Whether the words say all: what the person at the keyboard can put right has no stack. */
const isExpected = (error: Error): boolean =>
  error instanceof UsageError ||
  error instanceof ListenError ||
  error instanceof FolderInUseError ||
  error instanceof DataFolderError ||
  error instanceof StepsError ||
  error instanceof SnapshotError ||
  error instanceof CheckError ||
  error instanceof LakeError ||
  // The operating system's, about a file or a folder that was named.
  'syscall' in error

const version = (): string => {
  const manifest: {readonly version: string} = JSON.parse(
    readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
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
  if (command === undefined) throw new UsageError(`There is no command "${name}".`)
  const helped = command.hasOwnHelp ? rest.slice(0, 1) : rest
  if (helped.includes('-h') || helped.includes('--help')) {
    process.stdout.write(manual(command))
    return 0
  }
  return (await command.run(rest)) ?? 0
}
