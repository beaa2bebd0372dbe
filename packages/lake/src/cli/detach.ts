/** Starts a lake that keeps running when the command that started it has ended. */
import {spawn} from 'node:child_process'
import {closeSync, openSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {setTimeout as pause} from 'node:timers/promises'

import {makePrivateFolder} from '../access/privateFile.ts'
import {UsageError} from './command.ts'

/**
 * Runs `lake start` in the background, with its output in `lake.log` in the data folder.
 * @param argv The options of `lake start`, without `--detach`.
 * @returns Once it is ready: its address and its output.
 * @throws UsageError with its output if it ends instead.
 */
export const startDetached = async (
  argv: readonly string[],
  dataDir: string,
): Promise<{readonly url: string; readonly log: string}> => {
  makePrivateFolder(dataDir)
  const log = join(dataDir, 'lake.log')
  const output = openSync(log, 'w', 0o600)
  const [, script = ''] = process.argv
  const child = spawn(process.execPath, [...process.execArgv, script, 'start', ...argv], {
    detached: true,
    stdio: ['ignore', output, output],
    // npm's variable would make it stop with the command that started it.
    env: {...process.env, npm_lifecycle_event: undefined},
  })
  closeSync(output)
  let hasEnded = false
  child.once('exit', () => (hasEnded = true))
  child.once('error', () => (hasEnded = true))
  for (;;) {
    const printed = readFileSync(log, 'utf8')
    const url = /^ready (\S+)$/m.exec(printed)?.[1]
    if (url !== undefined) {
      child.unref()
      return {url, log}
    }
    if (hasEnded) throw new UsageError(`The lake did not start:\n${printed.trim()}`)
    await pause(INTERVAL)
  }
}

/** Milliseconds between two looks at the log. */
const INTERVAL = 50
