import {execFile, spawn} from 'node:child_process'
import {join} from 'node:path'
import {promisify} from 'node:util'

/** A running `npm start` with all its processes. */
export interface StartedLake extends AsyncDisposable {
  /** Opens the Studio signed in. */
  readonly signInLink: string
  readonly port: number
  /** Kills it (SIGKILL). */
  kill(): Promise<void>
  /** Sends SIGINT to all processes, as Ctrl-C in a terminal does. @returns The exit code */
  interrupt(): Promise<number | null>
  /** Whether one of them still runs. */
  isAnyLeft(): boolean
}

interface Options {
  readonly port?: number
  /** Another checkout; this one by default. */
  readonly root?: string
  readonly options?: readonly string[]
}

/** Resolves once the Studio can be opened. */
export const startLake = async (
  dataDir: string,
  {port = 0, root = join(import.meta.dirname, '..', '..'), options = []}: Options = {},
): Promise<StartedLake> => {
  const start = join(root, 'scripts', 'start.ts')
  const args = [start, '--port', String(port), '--data', dataDir, ...options]
  // In a separate process group, as under a terminal.
  const child = spawn(process.execPath, args, {
    cwd: root,
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const {pid} = child
  if (pid === undefined) throw new Error(`${process.execPath} could not be started.`)
  const send = (signal: NodeJS.Signals | 0): boolean => {
    try {
      return process.kill(-pid, signal)
    } catch {
      return false
    }
  }
  // An interrupted test run must not leave it running.
  const giveUp = () => send('SIGKILL')
  process.once('exit', giveUp)
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve())).then(() =>
    process.off('exit', giveUp),
  )
  const studio = await new Promise<string>((resolve, reject) => {
    let printed = ''
    child.stdout.on('data', (chunk: Buffer) => {
      printed += chunk.toString()
      const address = /^Studio: (\S+)/m.exec(printed)?.[1]
      if (address !== undefined) resolve(address)
      // The lake continues without a Studio.
      if (/could not be built|server ended/.test(printed)) {
        reject(new Error(`There is no Studio:\n${printed}`))
        send('SIGTERM')
      }
    })
    void ended.then(() => reject(new Error(`npm start ended:\n${printed}`)))
  })
  const lake = join(root, 'packages', 'lake', 'src', 'cli', 'lake.ts')
  const signIn = [lake, 'sign-in', '--data', dataDir, '--studio', studio]
  const signInLink = (await promisify(execFile)(process.execPath, signIn)).stdout.trim()
  const stop = (signal: NodeJS.Signals) => async (): Promise<void> => {
    send(signal)
    await ended
  }
  return {
    signInLink,
    port: Number(new URL(signInLink).port),
    kill: stop('SIGKILL'),
    interrupt: async () => {
      await stop('SIGINT')()
      return child.exitCode
    },
    isAnyLeft: () => send(0),
    [Symbol.asyncDispose]: stop('SIGTERM'),
  }
}
