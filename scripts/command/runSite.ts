/** Runs the reader site of `npm start` as a child process. */
import {fork} from 'node:child_process'
import {join} from 'node:path'

import {root} from './localStudio.ts'
import {CommandError} from './runCommand.ts'

interface Options {
  /** The address of the lake. */
  readonly apiHost: string
  readonly projectId: string
  readonly dataset: string
  /** Of a viewer, for previews. */
  readonly token: string
  readonly host: string
  readonly port: number
  readonly signal: AbortSignal
}

/**
 * Serves the site until `signal` aborts.
 * @param onReady Called once the site answers.
 * @throws CommandError with what the site printed if it ends by itself.
 */
export const runSite = async (
  {apiHost, projectId, dataset, token, host, port, signal}: Options,
  onReady: () => void,
): Promise<void> => {
  const child = fork(join(root, 'site', 'server.ts'), [], {
    // Not those of the terminal, which may name a hosted project.
    env: {
      ...process.env,
      SANITY_API_HOST: apiHost,
      SANITY_PROJECT_ID: projectId,
      SANITY_DATASET: dataset,
      SANITY_API_READ_TOKEN: token,
      SITE_HOST: host,
      SITE_PORT: String(port),
    },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    signal,
    killSignal: 'SIGTERM',
  })
  let printed = ''
  let isReady = false
  child.stdout?.on('data', () => {
    if (!isReady) onReady()
    isReady = true
  })
  child.stderr?.on('data', (chunk: Buffer) => {
    printed = (printed + chunk.toString()).slice(-10_000)
    process.stderr.write(chunk)
  })
  await new Promise<void>((resolve, reject) => {
    child.once('error', (error) => (signal.aborted ? resolve() : reject(error)))
    child.once('close', () =>
      signal.aborted ? resolve() : reject(new CommandError(`The site ended: ${printed.trim()}`)),
    )
  })
}
