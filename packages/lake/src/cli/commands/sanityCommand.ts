/** `lake sanity`: runs the Sanity CLI of the project in this folder on the lake. */
import {spawn} from 'node:child_process'
import {readFileSync} from 'node:fs'
import {createRequire} from 'node:module'
import {dirname, join} from 'node:path'
import {pathToFileURL} from 'node:url'

import {isJsonObject, type JsonObject} from '../../core/document.ts'
import {ownModule} from '../../core/ownModule.ts'
import {DEFAULT_DATASET} from '../../open/lakeOptions.ts'
import {type Command, DEFAULT_DATA_FOLDER, UsageError} from '../command.ts'
import {serve} from '../connectToLake.ts'
import {
  commandWords,
  describeDestinations,
  destinationOf,
  longestFirst,
} from '../sanity/officialCommands.ts'

export const sanityCommand: Command = {
  usage: 'sanity COMMAND …',
  summary: "Run a command of Sanity's own CLI on the lake.",
  help: [
    'COMMAND           a command of the Sanity CLI that is installed in this folder',
    '',
    'Examples:',
    '  lake sanity dataset list',
    '  lake sanity dataset import FILE.tar.gz --dataset production',
    '  lake sanity dataset export production FILE.tar.gz',
    '  lake sanity documents query \'*[_type == "article"]\'',
    '',
    "The command runs with the lake's project and token. No request leaves this machine, except that",
    '"versions" asks the npm registry for version numbers, and "codemod" for jscodeshift.',
    '',
    ...describeDestinations(),
    '',
    'Put --data before the command: lake sanity --data DIR COMMAND …',
  ],
  hasOwnHelp: true,
  run: async (argv) => {
    const {dataDir, command} = readArguments(argv)
    const words = commandWords(command)
    const destination = destinationOf(words)
    if (destination === undefined) {
      throw new UsageError(`"${words.join(' ')}" is not a Sanity command that the lake knows.`)
    }
    if (destination.kind === 'refused') {
      const {name, instead} = destination
      throw new UsageError(`"${name}" is not available here. ${instead}`)
    }
    const cli = findCli(process.cwd())
    if (destination.kind === 'local') {
      const network = new URLSearchParams(destination.registry ? {host: registryHost()} : {})
      return await runCli(cli, command, network, {})
    }
    await using lake = await serve(dataDir)
    const flags = projectFlags(flagsOf(cli, words), words, command, lake.projectId)
    return await runCli(cli, [...command, ...flags], new URLSearchParams({lake: lake.url}), {
      SANITY_AUTH_TOKEN: lake.token,
      SANITY_STUDIO_PROJECT_ID: lake.projectId,
      SANITY_STUDIO_API_HOST: lake.url,
    })
  },
}

const readArguments = (argv: readonly string[]): {dataDir: string; command: readonly string[]} => {
  const [first, second, ...rest] = argv
  const isNamed = first === '--data' && second !== undefined
  const dataDir = isNamed ? second : DEFAULT_DATA_FOLDER
  const command = isNamed ? rest : argv
  if (command.length === 0) throw new UsageError("Name a command of Sanity's CLI.")
  return {dataDir, command}
}

/** Folder of the CLI that a project uses: its own, or the one that its Studio brings. */
const findCli = (folder: string): string => {
  const from = createRequire(join(folder, 'package.json'))
  try {
    return dirname(from.resolve('@sanity/cli/package.json'))
  } catch {
    try {
      const studio = createRequire(from.resolve('sanity/package.json'))
      return dirname(studio.resolve('@sanity/cli/package.json'))
    } catch {
      throw new UsageError(
        `${folder} has no Sanity CLI. Run this in the folder of a Sanity project, after "npm install".`,
      )
    }
  }
}

/** The project and dataset, for commands that take them, unless they were given. */
const projectFlags = (
  known: JsonObject,
  [topic]: readonly string[],
  command: readonly string[],
  projectId: string,
): string[] => {
  const flag = (name: string, short: string, value: string): string[] =>
    known[name] === undefined ||
    command.some((word) => word === short || word.startsWith(`--${name}`))
      ? []
      : [`--${name}`, value]
  return [
    ...flag('project-id', '-p', projectId),
    // The dataset commands take theirs as an argument, and the flag would override it.
    ...(topic === 'documents' || topic === 'assets' ? flag('dataset', '-d', DEFAULT_DATASET) : []),
  ]
}

/** The flags of a command, as the CLI's own list of commands has them. */
const flagsOf = (cli: string, words: readonly string[]): JsonObject => {
  const manifest: JsonObject = JSON.parse(readFileSync(join(cli, 'oclif.manifest.json'), 'utf8'))
  const commands = manifest['commands'] ?? null
  if (!isJsonObject(commands)) return {}
  for (const name of longestFirst(words)) {
    const command = commands[name.join(':')] ?? null
    const flags = isJsonObject(command) ? (command['flags'] ?? null) : null
    if (isJsonObject(flags)) return flags
  }
  return {}
}

const registryHost = (): string => {
  const registry = process.env['npm_config_registry']
  return registry !== undefined && URL.canParse(registry)
    ? new URL(registry).hostname
    : 'registry.npmjs.org'
}

/** Variables that would send requests to a proxy, or a hosted project's token to the lake. */
const LEFT_OUT = /^(?:(?:https?|all|no)_proxy|sanity_auth_token)$/i

const runCli = async (
  cli: string,
  command: readonly string[],
  settings: URLSearchParams,
  variables: Readonly<Record<string, string>>,
): Promise<number> => {
  const kept = Object.entries(process.env).filter(([name]) => !LEFT_OUT.test(name))
  const network = pathToFileURL(ownModule('#confinedNetwork'))
  network.search = settings.toString()
  const exits = pathToFileURL(ownModule('#ownExits'))
  const loadedBefore = [network, exits].map(({href}) => `--import ${href}`)
  const env = {
    ...Object.fromEntries(kept),
    ...variables,
    DO_NOT_TRACK: '1',
    NO_UPDATE_NOTIFIER: '1',
    NODE_OPTIONS: [process.env['NODE_OPTIONS'] ?? '', ...loadedBefore].join(' ').trim(),
  }
  const child = spawn(process.execPath, [join(cli, 'bin', 'run.js'), ...command], {
    stdio: 'inherit',
    env,
  })
  // Ctrl-C also reaches the child process: wait for it to end, then close the lake.
  process.on('SIGINT', ignoreInterrupt)
  try {
    return await new Promise((done, fail) => {
      child.once('error', fail)
      child.once('exit', (code, signal) => done(code ?? (signal === 'SIGINT' ? 130 : 1)))
    })
  } finally {
    process.off('SIGINT', ignoreInterrupt)
  }
}

const ignoreInterrupt = (): void => {}
