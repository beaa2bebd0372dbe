import {spawn} from 'node:child_process'
import {join} from 'node:path'

/** What `npm start` runs, in a process of its own. */
export interface StartedLake extends AsyncDisposable {
  /** Opens the Studio signed in. */
  readonly signInLink: string
  readonly port: number
  /** Ends it in the middle of whatever it does. */
  kill(): Promise<void>
}

const start = join(import.meta.dirname, '..', '..', 'scripts', 'start.ts')

/** Resolves once the Studio can be opened. */
export const startLake = async (dataDir: string, port = 0): Promise<StartedLake> => {
  const child = spawn(process.execPath, [start, '--port', String(port), '--data', dataDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
  const signInLink = await new Promise<string>((resolve, reject) => {
    let printed = ''
    child.stdout.on('data', (chunk: Buffer) => {
      printed += chunk.toString()
      const link = /Studio, signed in: (\S+)/.exec(printed)?.[1]
      if (link !== undefined) resolve(link)
    })
    void ended.then(() => reject(new Error(`npm start ended:\n${printed}`)))
  })
  const stop = (signal: NodeJS.Signals) => async (): Promise<void> => {
    child.kill(signal)
    await ended
  }
  return {
    signInLink,
    port: Number(new URL(signInLink).port),
    kill: stop('SIGKILL'),
    [Symbol.asyncDispose]: stop('SIGTERM'),
  }
}
