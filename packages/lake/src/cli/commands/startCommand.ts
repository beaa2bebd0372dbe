import {runSteps} from '../../core/runSteps.ts'
import {createLake, DEFAULT_DATASET, DEFAULT_PROJECT_ID} from '../../open/createLake.ts'
import {describeExposure, isExposed} from '../../server/exposure.ts'
import {logEvents} from '../../server/logEvents.ts'
import {DEFAULT_PORT, type RunningServer, startServer} from '../../server/startServer.ts'
import {type Command, readOptions, UsageError} from '../command.ts'

export const startCommand: Command = {
  usage: 'start [options]',
  summary: 'Serves the API until Ctrl-C.',
  help: [
    `--port N          port to listen on (default ${DEFAULT_PORT}; 0 takes a free one)`,
    '--host NAME       address to listen on (default localhost: this machine only; for others,',
    '                  rates are limited for the addresses of other machines)',
    `--project ID      project id, letters and digits (default ${DEFAULT_PROJECT_ID})`,
    `--dataset NAME    made when it is not there; may be repeated (default ${DEFAULT_DATASET})`,
    '--private         make new datasets private',
    '--origin ORIGIN   a web origin beside this machine’s that may use the lake; may be repeated',
    '--studio DIR      a built Studio to serve at /',
    '--preview ORIGIN  a site that this Studio shows in a frame; may be repeated',
    '--rate-limits     answer 429 beyond the rates of hosted Sanity, to see how clients take it;',
    '                  --no-rate-limits never does',
    '--verbose         print a line for each request, and how slow queries were executed',
  ],
  run: async (argv) => {
    const {values} = readOptions(argv, {
      port: {type: 'string', default: String(DEFAULT_PORT)},
      host: {type: 'string', default: 'localhost'},
      project: {type: 'string', default: DEFAULT_PROJECT_ID},
      dataset: {type: 'string', multiple: true, default: [DEFAULT_DATASET]},
      private: {type: 'boolean', default: false},
      origin: {type: 'string', multiple: true, default: []},
      studio: {type: 'string'},
      preview: {type: 'string', multiple: true, default: []},
      'rate-limits': {type: 'boolean'},
      verbose: {type: 'boolean', default: false},
    })
    const {host, studio} = values
    const limited = values['rate-limits'] ?? isExposed(host)
    // Before anybody can know that it runs, and so may ask it to end.
    const stopped = stopSignal()
    const lake = createLake({
      dataDir: values.data,
      projectId: values.project,
      datasets: values.dataset.map((name) => ({
        name,
        aclMode: values.private ? ('private' as const) : ('public' as const),
      })),
      hosts: [host],
      origins: values.origin,
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
      console.log('Run "lake status --env" for what other tools need to know.')
      if (values.verbose) logEvents((line) => console.log(line))
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

/** Milliseconds from the signal to the end of the process, whatever keeps it. */
const SHUT_DOWN_TIME = 10_000

/** Something that nobody thought of may keep a process alive: it has written all by then. */
const endInTime = (): void => {
  const end = (): void => {
    const seconds = SHUT_DOWN_TIME / 1000
    process.stderr.write(
      `lake: Not all had ended after ${seconds} seconds; the process ends now.\n`,
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
