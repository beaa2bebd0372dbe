import {type ChildProcess, spawn} from 'node:child_process'
import {once} from 'node:events'
import {resolve} from 'node:path'

import {textLines} from '../packages/lake/src/cli/textLines.ts'

/** A program in this folder, run in its own process, that prints one JSON value per line. */
export interface Program {
  readonly pid: number
  /** The next value printed. */
  next(): Promise<unknown>
  /** Ends it and waits until it has exited. */
  stop(): Promise<void>
}

/** The longest printed value, in bytes. */
const LONGEST_LINE = 64 * 1024 * 1024

/** @param file Such as `loadClient.ts`, or the whole path of a program elsewhere. */
export const startProgram = (file: string, ...options: readonly string[]): Program => {
  const path = resolve(import.meta.dirname, file)
  const child: ChildProcess = spawn(process.execPath, [path, ...options], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const {stdout} = child
  if (!stdout) throw new Error(`${file} has no output`)
  const lines = textLines(stdout, LONGEST_LINE)
  return {
    pid: child.pid ?? 0,
    async next() {
      const line = await lines.next()
      if (line.done) throw new Error(`${file} ended without an answer`)
      const value: unknown = JSON.parse(line.value.text)
      return value
    },
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return
      const gone = once(child, 'exit')
      child.kill('SIGTERM')
      await gone
    },
  }
}

/** Runs a program to its first value. */
export const runProgram = async (file: string, ...options: readonly string[]): Promise<unknown> => {
  const program = startProgram(file, ...options)
  try {
    return await program.next()
  } finally {
    await program.stop()
  }
}
