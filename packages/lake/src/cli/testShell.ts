/** For tests: runs the `lake` command in a temporary folder. */
import {type ChildProcess, execFile, spawn} from 'node:child_process'
import {once} from 'node:events'
import {mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

/** The command's own file. */
export const LAKE = join(import.meta.dirname, 'lake.ts')

export interface Ended {
  readonly code: number
  readonly out: string
  readonly err: string
}

export interface Shell {
  readonly folder: string
  /** Runs a command to its end. */
  lake(...argv: readonly string[]): Promise<Ended>
  /** Starts a lake and waits for its `ready` line. @returns Its address. */
  start(...argv: readonly string[]): Promise<string>
  /** What it has printed so far. */
  printed(): string
  /** Ends the lake that was started last, and waits until it is gone. */
  stop(signal: NodeJS.Signals): Promise<void>
  close(): Promise<void>
}

export const openShell = (): Shell => {
  const folder = mkdtempSync(join(tmpdir(), 'lake-cli-'))
  let running: ChildProcess | undefined
  let printed = ''
  const stop: Shell['stop'] = async (signal) => {
    const child = running
    running = undefined
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return
    const gone = once(child, 'exit')
    child.kill(signal)
    await gone
  }
  return {
    folder,
    lake: (...argv) =>
      new Promise((resolve) => {
        execFile(process.execPath, [LAKE, ...argv], {cwd: folder}, (error, out, err) =>
          resolve({code: typeof error?.code === 'number' ? error.code : 0, out, err}),
        )
      }),
    start: (...argv) =>
      new Promise((resolve, reject) => {
        const child = spawn(process.execPath, [LAKE, 'start', '--port', '0', ...argv], {
          cwd: folder,
        })
        running = child
        printed = ''
        child.stdout.on('data', (chunk: Buffer) => {
          printed += chunk.toString()
          const url = /^ready (\S+)$/m.exec(printed)?.[1]
          if (url !== undefined) resolve(url)
        })
        child.once('exit', () => reject(new Error(`it ended: ${printed}`)))
      }),
    printed: () => printed,
    stop,
    close: async () => {
      await stop('SIGKILL')
      rmSync(folder, {recursive: true})
    },
  }
}
