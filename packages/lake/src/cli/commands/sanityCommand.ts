/** `lake sanity`: the Sanity CLI of the project in this folder, at work on the lake. */
import {spawn} from 'node:child_process'
import {readFileSync} from 'node:fs'
import {createRequire, registerHooks} from 'node:module'
import {dirname, extname, join, resolve} from 'node:path'

import {isJsonObject, type JsonObject} from '../../core/document.ts'
import {createLake, DEFAULT_DATASET} from '../../open/createLake.ts'
import {findRunningLake} from '../../server/findRunningLake.ts'
import {startServer} from '../../server/startServer.ts'
import {type Command, UsageError} from '../command.ts'
import {requireLake} from '../connectToLake.ts'
import {commandWords, describeDestinations, destinationOf} from '../sanity/officialCommands.ts'

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
    "The command runs with the lake's project and token. Nothing leaves this machine. Sanity's commands",
    ...describeDestinations(),
    '',
    'Put --data before the command: lake sanity --data DIR COMMAND …',
  ],
  hasOwnHelp: true,
  run: async (argv) => {
    const {dataDir, command} = readArguments(argv)
    const destination = destinationOf(command)
    if (destination === undefined) {
      const name = commandWords(command).join(' ')
      throw new UsageError(`"${name}" is not a Sanity command that the lake knows.`)
    }
    if (destination.kind === 'refused') {
      throw new UsageError(
        `"${commandWords(command).join(' ')}" is not run. ${destination.instead}`,
      )
    }
    const cli = findCli(process.cwd())
    if (destination.kind === 'local') {
      const network = new URLSearchParams(destination.registry ? {host: registryHost()} : {})
      return await runCli(cli, command, network, {})
    }
    await using lake = await serveLake(dataDir)
    const words = [...command, ...projectFlags(cli, command, lake.projectId)]
    return await runCli(cli, words, new URLSearchParams({lake: lake.url}), {
      SANITY_AUTH_TOKEN: lake.token,
      SANITY_STUDIO_PROJECT_ID: lake.projectId,
      SANITY_STUDIO_API_HOST: lake.url,
    })
  },
}

const readArguments = (argv: readonly string[]): {dataDir: string; command: readonly string[]} => {
  const [first, second, ...rest] = argv
  const isNamed = first === '--data' && second !== undefined
  const dataDir = isNamed ? second : '.lake'
  const command = isNamed ? rest : argv
  if (command.length === 0) throw new UsageError("Name a command of Sanity's CLI.")
  return {dataDir, command}
}

interface ServedLake extends AsyncDisposable {
  readonly url: string
  readonly token: string
  readonly projectId: string
}

/** The lake that runs on the data folder, else the folder itself, served while it is needed. */
const serveLake = async (dataDir: string): Promise<ServedLake> => {
  requireLake(dataDir)
  const running = await findRunningLake(resolve(dataDir))
  if (running !== null) return {...running, [Symbol.asyncDispose]: async () => {}}
  const lake = createLake({dataDir, datasets: []})
  const server = await startServer({lake, port: 0})
  return {
    url: server.url,
    token: lake.token,
    projectId: lake.projectId,
    [Symbol.asyncDispose]: async () => {
      await server.close()
      await lake.close()
    },
  }
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

/** The project, for commands that take one, unless it was given; and documents' dataset. */
const projectFlags = (cli: string, command: readonly string[], projectId: string): string[] => {
  const known = flagsOf(cli, commandWords(command))
  const flag = (name: string, short: string, value: string): string[] =>
    known[name] === undefined ||
    command.some((word) => word === short || word.startsWith(`--${name}`))
      ? []
      : [`--${name}`, value]
  const [topic] = commandWords(command)
  return [
    ...flag('project-id', '-p', projectId),
    // The dataset commands take theirs as an argument, and the flag would win over it.
    ...(topic === 'documents' || topic === 'assets' ? flag('dataset', '-d', DEFAULT_DATASET) : []),
  ]
}

const flagsOf = (cli: string, words: readonly string[]): JsonObject => {
  const manifest: JsonObject = JSON.parse(readFileSync(join(cli, 'oclif.manifest.json'), 'utf8'))
  const commands = manifest['commands'] ?? null
  if (!isJsonObject(commands)) return {}
  for (let length = Math.min(words.length, 3); length > 0; length -= 1) {
    const command = commands[words.slice(0, length).join(':')] ?? null
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

/** Variables that would lead requests past the lake, or send a token of a hosted project there. */
const LEFT_OUT = /^(?:(?:https?|all|no)_proxy|sanity_auth_token)$/i

const runCli = async (
  cli: string,
  command: readonly string[],
  settings: URLSearchParams,
  variables: Readonly<Record<string, string>>,
): Promise<number> => {
  if (typeof registerHooks !== 'function') {
    throw new UsageError(`"lake sanity" needs Node 22.15 or later; this is ${process.version}.`)
  }
  const kept = Object.entries(process.env).filter(([name]) => !LEFT_OUT.test(name))
  const network = new URL(
    `../sanity/confinedNetwork${extname(import.meta.filename)}?${settings.toString()}`,
    import.meta.url,
  )
  const env = {
    ...Object.fromEntries(kept),
    ...variables,
    DO_NOT_TRACK: '1',
    NO_UPDATE_NOTIFIER: '1',
    NODE_OPTIONS: `${process.env['NODE_OPTIONS'] ?? ''} --import ${network.href}`.trim(),
  }
  const child = spawn(process.execPath, [join(cli, 'bin', 'run.js'), ...command], {
    stdio: 'inherit',
    env,
  })
  // Ctrl-C reaches the whole group: the command ends by itself, and then the lake is closed.
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
