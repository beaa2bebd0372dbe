/** A lake in a separate process that can be started, watched, and ended in all ways. */
import {type ChildProcess, spawn} from 'node:child_process'
import {setTimeout as wait} from 'node:timers/promises'
import {fileURLToPath} from 'node:url'

export interface LakeProcess {
  readonly url: string
  readonly port: number
  readonly pid: number
  readonly isRunning: boolean
  /** Sends a signal. */
  signal(name: NodeJS.Signals): void
  /**
   * The exit code, or the signal that ended it; undefined if it still runs after this many
   * milliseconds.
   */
  exit(patience: number): Promise<number | NodeJS.Signals | undefined>
  /** Its stderr output since the last call. */
  errors(): string
  /** All of its stdout output. */
  output(): string
}

/** The output and exit code of a lake that does not start. */
export class StartFailure extends Error {
  override readonly name = 'StartFailure'
  readonly code: number | NodeJS.Signals | undefined

  constructor(message: string, code: number | NodeJS.Signals | undefined) {
    super(message)
    this.code = code
  }
}

const path = (name: string): string => fileURLToPath(new URL(name, import.meta.url))

export const LAKE = path('../../../packages/lake/src/cli/lake.ts')
export const OWN_SERVER = path('../faultyServer.ts')

/** Longer than any lake needs that is not stuck, even on a busy machine. */
const START_PATIENCE = 60_000

/** Node's own warnings are not failures of the lake. */
const HARMLESS = /ExperimentalWarning|--trace-warnings/

export const startLake = async (
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<LakeProcess> => {
  const child: ChildProcess = spawn(process.execPath, [program, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {...process.env, ...env},
    // Ctrl-C in a terminal goes to this program, which ends its lakes itself.
    detached: true,
  })
  let output = ''
  let errors = ''
  let ended: number | NodeJS.Signals | undefined
  const exited = new Promise<void>((resolve) => {
    child.once('close', (code, signal) => {
      ended = signal ?? code ?? 0
      resolve()
    })
  })
  const ready = Promise.withResolvers<string>()
  child.stdout?.on('data', (chunk: Buffer) => {
    output += chunk.toString()
    const [, url] = /^ready (\S+)$/m.exec(output) ?? []
    if (url !== undefined) ready.resolve(url)
  })
  child.stderr?.on('data', (chunk: Buffer) => {
    errors += chunk.toString()
  })
  const takeErrors = (): string => {
    const taken = errors
      .split('\n')
      .filter((text) => text.trim() !== '' && !HARMLESS.test(text))
      .join('\n')
    errors = ''
    return taken
  }
  const first = await Promise.race([
    ready.promise,
    exited.then(() => undefined),
    wait(START_PATIENCE, undefined, {ref: false}).then(() => undefined),
  ])
  if (first === undefined) {
    const code = ended
    if (code === undefined) child.kill('SIGKILL')
    throw new StartFailure(takeErrors().slice(0, 600) || 'no output', code)
  }
  return {
    url: first,
    port: Number(new URL(first).port),
    pid: child.pid ?? 0,
    get isRunning() {
      return ended === undefined
    },
    signal: (name) => void child.kill(name),
    exit: async (patience) => {
      const stop = new AbortController()
      await Promise.race([
        exited,
        wait(patience, undefined, {signal: stop.signal}).catch(() => undefined),
      ])
      stop.abort()
      return ended
    },
    errors: takeErrors,
    output: () => output,
  }
}

/** Runs a command of the lake and waits until it ends. */
export const runLake = (
  args: readonly string[],
  patience = 120_000,
): Promise<{code: number; text: string}> =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, [LAKE, ...args], {stdio: ['ignore', 'pipe', 'pipe']})
    let text = ''
    const timer = setTimeout(() => child.kill('SIGKILL'), patience)
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        text += chunk.toString()
      })
    }
    child.once('close', (code) => {
      clearTimeout(timer)
      resolve({code: code ?? -1, text})
    })
  })
