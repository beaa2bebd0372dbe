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
  /** The address of the site. */
  readonly siteUrl: string
  readonly host: string
  readonly port: number
  readonly signal: AbortSignal
}

/**
 * Serves the site until `signal` aborts.
 * @param onReady Called once the site answers.
 * @throws CommandError if it ends by itself; it has printed why.
 */
export const runSite = async (
  {apiHost, projectId, dataset, token, siteUrl, host, port, signal}: Options,
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
      SITE_URL: siteUrl,
      SITE_HOST: host,
      SITE_PORT: String(port),
    },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    signal,
    killSignal: 'SIGTERM',
  })
  let isReady = false
  child.stdout?.on('data', () => {
    if (!isReady) onReady()
    isReady = true
  })
  await new Promise<void>((resolve, reject) => {
    child.once('error', (error) => (signal.aborted ? resolve() : reject(error)))
    child.once('close', () =>
      signal.aborted ? resolve() : reject(new CommandError('The site has ended.')),
    )
  })
}
