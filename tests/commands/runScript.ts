import {spawn} from 'node:child_process'
import {once} from 'node:events'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'

const root = join(fileURLToPath(import.meta.url), '..', '..', '..')

export interface Finished {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** The environment without the variables that would send a test to a hosted project. */
const localEnvironment = (): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('SANITY_')))

const launch = (
  script: string,
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
  folder = root,
) =>
  spawn(process.execPath, [join(root, script), ...args], {
    cwd: folder,
    env: {...localEnvironment(), ...environment},
    stdio: ['ignore', 'pipe', 'pipe'],
  })

/** Runs a command as npm does, to its end. */
export const runScript = (
  script: string,
  args: readonly string[],
  environment: NodeJS.ProcessEnv = {},
): Promise<Finished> => {
  const child = launch(join('scripts', `${script}.ts`), args, environment)
  return finished(child)
}

/** Runs the `lake` command to its end, in the folder of this project or of another. */
export const runLake = (
  args: readonly string[],
  {folder = root, environment = {}}: {folder?: string; environment?: NodeJS.ProcessEnv} = {},
): Promise<Finished> =>
  finished(launch(join('packages', 'lake', 'src', 'cli', 'lake.ts'), args, environment, folder))

const finished = async (child: ReturnType<typeof launch>): Promise<Finished> => {
  const stdout = collect(child.stdout)
  const stderr = collect(child.stderr)
  await once(child, 'close')
  return {code: child.exitCode, stdout: stdout(), stderr: stderr()}
}

export interface Running {
  readonly url: string
  readonly printed: () => string
  /** Sends SIGINT and resolves when the command has ended. */
  interrupt(): Promise<Finished>
}

interface StartOptions {
  /** Whether to start the site for readers too. */
  readonly withSite?: boolean
}

/** Starts the lake with its story and waits for its ready line. */
export const startScript = async (
  args: readonly string[],
  {withSite = false}: StartOptions = {},
): Promise<Running> => {
  const without = ['--no-studio', ...(withSite ? [] : ['--no-site'])]
  const child = launch(join('scripts', 'start.ts'), [...without, ...args], {})
  const stdout = collect(child.stdout)
  const stderr = collect(child.stderr)
  const closed = once(child, 'close')
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', () => {
      const ready = /^ready (.+)$/m.exec(stdout())?.[1]
      if (ready !== undefined) resolve(ready)
    })
    child.once('close', () => reject(new Error(`It ended early: ${stdout()}${stderr()}`)))
  })
  return {
    url,
    printed: stdout,
    interrupt: async () => {
      child.kill('SIGINT')
      await closed
      return {code: child.exitCode, stdout: stdout(), stderr: stderr()}
    },
  }
}

const collect = (stream: NodeJS.ReadableStream): (() => string) => {
  let text = ''
  stream.on('data', (chunk: Buffer) => {
    text += chunk.toString()
  })
  return () => text
}
