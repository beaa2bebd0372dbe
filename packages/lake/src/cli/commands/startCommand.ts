/** `lake start`: serves a lake until the process is stopped. */
import {readFileSync} from 'node:fs'

import {FixableError} from '../../core/errors.ts'
import {runSteps} from '../../core/runSteps.ts'
import type {Lake} from '../../open/createLake.ts'
import {type DeclaredIndex, definitionsOf} from '../../open/declaredIndexes.ts'
import {internalsOf} from '../../open/internals.ts'
import {DEFAULT_DATASET, DEFAULT_PORT, DEFAULT_PROJECT_ID} from '../../open/lakeOptions.ts'
import {describeExposure, isExposed} from '../../server/exposure.ts'
import {publicAddress} from '../../server/publicAddress.ts'
import type {RunningServer} from '../../server/startServer.ts'
import {stopSignal} from '../../server/stopSignal.ts'
import {type Command, readOptions, UsageError} from '../command.ts'
import {startDetached} from '../detach.ts'
import {SHUT_DOWN_TIME} from '../shutDownTime.ts'

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
    '--url URL         address at which clients reach the lake through a proxy, such as',
    '                  https://news.example: for the addresses of assets, and trusted as --origin is',
    '--hook-host HOST  allow webhooks to call this host: a name, "*." before a name, an address, a',
    '                  network such as 10.1.0.0/16, or "*" for every public address; repeatable',
    '--durability D    when a write is answered: "disk" (the default), when it is on the disk; "system",',
    '                  sooner: if the power fails, the last writes may be lost, each as a whole',
    '--indexes FILE    build the indexes that this JSON file lists before a query needs them:',
    '                  [{"type": "article", "path": "slug.current"}]; see the README',
    '--studio DIR      serve a built Studio at /',
    '--preview ORIGIN  allow the Studio to show this site in a frame; repeatable',
    '--rate-limits     apply the rate limits of hosted Sanity to all clients (status 429);',
    '                  --no-rate-limits turns rate limits off',
    '--verbose         print a line for each request, and the plan of each slow query',
    '--detach          return once the lake is ready and let it run; "lake stop" stops it. It prints to',
    '                  lake.log in the data folder',
  ],
  run: async (argv) => {
    const {values} = readOptions(argv, {
      port: {type: 'string', default: String(DEFAULT_PORT)},
      host: {type: 'string', default: 'localhost'},
      project: {type: 'string', default: DEFAULT_PROJECT_ID},
      dataset: {type: 'string', multiple: true, default: [DEFAULT_DATASET]},
      private: {type: 'boolean', default: false},
      origin: {type: 'string', multiple: true, default: []},
      url: {type: 'string'},
      'hook-host': {type: 'string', multiple: true, default: []},
      durability: {type: 'string', default: 'disk'},
      indexes: {type: 'string'},
      studio: {type: 'string'},
      preview: {type: 'string', multiple: true, default: []},
      'rate-limits': {type: 'boolean'},
      verbose: {type: 'boolean', default: false},
      detach: {type: 'boolean', default: false},
    })
    const {host, studio} = values
    if (values.detach) {
      const options = argv.filter((word) => word !== '--detach')
      const {url, log} = await startDetached(options, values.data)
      console.log(`log      ${log}\nready ${url}`)
      return
    }
    const indexes = values.indexes === undefined ? undefined : indexesIn(values.indexes)
    const limited = values['rate-limits'] ?? isExposed(host)
    // Installed first: another process may stop this one as soon as it sees it running.
    const stopped = stopSignal()
    const {createLake} = await import('../../open/createLake.ts')
    const {startServer} = await import('../../server/startServer.ts')
    const address = values.url === undefined ? null : publicAddress(values.url, values.project)
    const lake = createLake({
      dataDir: values.data,
      projectId: values.project,
      datasets: values.dataset.map((name) => ({
        name,
        aclMode: values.private ? ('private' as const) : ('public' as const),
      })),
      url: address?.url,
      hosts: [host, ...(address?.hosts ?? [])],
      origins: [...values.origin, ...(address?.origins ?? [])],
      hookHosts: values['hook-host'],
      durability: durabilityIn(values.durability),
      indexes,
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
      if (studio !== undefined)
        console.log(`studio   ${studioLine(lake, address?.url ?? server.url)}`)
      for (const line of describeExposure(lake, host, limited)) console.log(line)
      for (const {name, url} of internalsOf(lake).pausedHooks()) {
        const {hostname} = new URL(url)
        console.log(
          `The webhook "${name}" waits: to allow its host, add "--hook-host ${hostname}".`,
        )
      }
      console.log('To print the environment variables of a front end, run "lake env".')
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

/** A link that signs in belongs on a screen, not in the log of a CI job or of a service. */
const studioLine = (lake: Lake, url: string): string =>
  process.stdout.isTTY
    ? lake.signInLink(url)
    : `${url} (to sign in: lake sign-in --data ${lake.dataDir} --studio ${url})`

/** The indexes that a file lists. @throws UsageError that says what is wrong with it. */
const indexesIn = (file: string): readonly DeclaredIndex[] => {
  try {
    return definitionsOf(JSON.parse(readFileSync(file, 'utf8')), file)
  } catch (error) {
    if (error instanceof FixableError) throw error
    const reason = error instanceof Error ? error.message : String(error)
    throw new UsageError(`--indexes: ${file} cannot be read as JSON: ${reason}`)
  }
}

const portIn = (text: string): number => {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN
  if (port <= 65_535) return port
  throw new UsageError(`--port must be a number from 0 to 65535, not "${text}".`)
}

const durabilityIn = (text: string): 'disk' | 'system' => {
  if (text === 'disk' || text === 'system') return text
  throw new UsageError(`--durability must be "disk" or "system", not "${text}".`)
}

/** Ends the process even if something keeps it alive; all data is written by then. */
const endInTime = (): void => {
  setTimeout(endLate, SHUT_DOWN_TIME).unref()
}

const endLate = (): void => {
  const seconds = SHUT_DOWN_TIME / 1000
  process.stderr.write(
    `lake: Shutdown took longer than ${seconds} seconds, so the process exits now.\n`,
  )
  process.exit(1)
}
