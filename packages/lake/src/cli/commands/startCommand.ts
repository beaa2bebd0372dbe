/** `lake start`: serves a lake until the process is stopped. */
import {runSteps} from '../../core/runSteps.ts'
import {internalsOf} from '../../open/internals.ts'
import {DEFAULT_DATASET, DEFAULT_PORT, DEFAULT_PROJECT_ID} from '../../open/lakeOptions.ts'
import {describeExposure, isExposed} from '../../server/exposure.ts'
import type {RunningServer} from '../../server/startServer.ts'
import {type Command, readOptions, UsageError} from '../command.ts'

export const startCommand: Command = {
  usage: 'start [options]',
  summary: 'Start the server; stop it with Ctrl-C.',
  help: [
    `--port N          port to listen on; 0 chooses a free one (default ${DEFAULT_PORT})`,
    '--host NAME       address to listen on (default localhost, this machine only; other addresses',
    '                  limit the request rates of other machines)',
    `--project ID      project id: lower-case letters and digits (default ${DEFAULT_PROJECT_ID})`,
    `--dataset NAME    dataset to create if it is missing; repeatable (default ${DEFAULT_DATASET})`,
    '--private         make new datasets private',
    '--origin ORIGIN   allow web pages of this origin to use the lake; repeatable',
    '--hook-host HOST  allow webhooks to call this host: a name, "*." before a name, an address, a',
    '                  network such as 10.1.0.0/16, or "*" for every public address; repeatable',
    '--studio DIR      serve a built Studio at /',
    '--preview ORIGIN  allow the Studio to show this site in a frame; repeatable',
    '--rate-limits     apply the rate limits of hosted Sanity to all clients (status 429);',
    '                  --no-rate-limits turns rate limits off',
    '--verbose         print a line for each request, and the plan of each slow query',
  ],
  run: async (argv) => {
    const {values} = readOptions(argv, {
      port: {type: 'string', default: String(DEFAULT_PORT)},
      host: {type: 'string', default: 'localhost'},
      project: {type: 'string', default: DEFAULT_PROJECT_ID},
      dataset: {type: 'string', multiple: true, default: [DEFAULT_DATASET]},
      private: {type: 'boolean', default: false},
      origin: {type: 'string', multiple: true, default: []},
      'hook-host': {type: 'string', multiple: true, default: []},
      studio: {type: 'string'},
      preview: {type: 'string', multiple: true, default: []},
      'rate-limits': {type: 'boolean'},
      verbose: {type: 'boolean', default: false},
    })
    const {host, studio} = values
    const limited = values['rate-limits'] ?? isExposed(host)
    // Installed first: another process may stop this one as soon as it sees it running.
    const stopped = stopSignal()
    const {createLake} = await import('../../open/createLake.ts')
    const {startServer} = await import('../../server/startServer.ts')
    const lake = createLake({
      dataDir: values.data,
      projectId: values.project,
      datasets: values.dataset.map((name) => ({
        name,
        aclMode: values.private ? ('private' as const) : ('public' as const),
      })),
      hosts: [host],
      origins: values.origin,
      hookHosts: values['hook-host'],
      rateLimits: limited && (values['rate-limits'] ?? 'otherMachines'),
    })
    let server: RunningServer | undefined
    try {
      server = await startServer({
        lake,
        host,
        port: portIn(values.port),
        ...(studio !== undefined && {studio: {dir: studio, previews: values.preview}}),
      })
      console.log(`project  ${lake.projectId}\ndata     ${lake.dataDir}`)
      if (studio !== undefined) console.log(`studio   ${lake.signInLink(server.url)}`)
      for (const line of describeExposure(lake, host, limited)) console.log(line)
      for (const {name, url} of internalsOf(lake).pausedHooks()) {
        const {hostname} = new URL(url)
        console.log(
          `The webhook "${name}" waits: to allow its host, add "--hook-host ${hostname}".`,
        )
      }
      console.log('To print the environment variables for other tools, run "lake status --env".')
      if (values.verbose) {
        const {logEvents} = await import('../../server/logEvents.ts')
        logEvents((line) => console.log(line))
      }
      console.log(`ready ${server.url}`)
      await stopped
    } finally {
      endInTime()
      await runSteps(
        'stopping',
        [
          ['the server', () => server?.close()],
          ['the lake', lake.close],
        ],
        SHUT_DOWN_TIME,
      )
    }
  },
}

const portIn = (text: string): number => {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN
  if (port <= 65_535) return port
  throw new UsageError(`--port must be a number from 0 to 65535, not "${text}".`)
}

/** Milliseconds from the signal to the end of the process. */
const SHUT_DOWN_TIME = 10_000

/** Ends the process even if something keeps it alive; all data is written by then. */
const endInTime = (): void => {
  const end = (): void => {
    const seconds = SHUT_DOWN_TIME / 1000
    process.stderr.write(
      `lake: Shutdown took longer than ${seconds} seconds, so the process exits now.\n`,
    )
    process.exit(1)
  }
  setTimeout(end, SHUT_DOWN_TIME).unref()
}

const stopSignal = (): Promise<void> =>
  new Promise((resolve) => {
    process.once('SIGINT', () => resolve())
    process.once('SIGTERM', () => resolve())
  })
