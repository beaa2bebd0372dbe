/**
 * The `npm start` and `npm run dev` commands: run the lake, and serve the API, the Studio and the
 * reader site.
 */
import {resolve} from 'node:path'

import {
  createLake,
  DEFAULT_DATASET,
  DEFAULT_PORT,
  DEFAULT_PROJECT_ID,
  describeExposure,
  isExposed,
  type Lake,
  logEvents,
  publicAddress,
  type RunningServer,
  startServer,
  stopSignal,
} from '@copydesk/lake'

import {studioUrl} from '../../packages/lake/src/cli/studioUrl.ts'
import {buildStudio, isStudioBuilt, studioDir} from './buildStudio.ts'
import {API_VERSION} from './clientFor.ts'
import {DATA_OPTION} from './dataOption.ts'
import {runDevStudio} from './devStudio.ts'
import {fillWhenEmpty} from './fillWhenEmpty.ts'
import {freePair} from './freePorts.ts'
import {previewOrigins} from './previewOrigins.ts'
import {readOptions, readPort} from './readOptions.ts'
import {runCommand, UsageError} from './runCommand.ts'
import {runSite} from './runSite.ts'
import {siteToken} from './siteToken.ts'

const HELP = `Starts the embedded lake with the story in it, and serves the API, the Studio and the site.

  npm start -- [options]

  --port N     port to listen on (default ${DEFAULT_PORT}; 0 takes a free one)
  --host NAME  address to listen on (default localhost: this machine only; on any other,
               requests from other machines are rate-limited)
  --url URL    address at which a proxy serves it, such as https://news.example
  --data DIR   data folder (default .lake)
  --demo       invented stories with everything a story can have, in place of the real one, in a
               data folder of their own, .lake-demo (npm run demo)
  --dev        serve the Studio from its sources and reload what changes (npm run dev)
  --no-studio  leave out the Studio
  --no-site    leave out the site for readers, which has the port after the lake's
  --verbose    print a line for each request, and how slow queries were executed
  -h, --help   this text

Ctrl-C stops it. All writes are on disk already.
`

const EXAMPLE =
  '*[_type == "article"][0]{headline, "by": byline[].author->name, "topics": topics[]->name, "credits": credits[].credit->name}'

await runCommand('start', async (argv) => {
  const {values, positionals} = readOptions(
    {
      data: {type: 'string'},
      demo: {type: 'boolean', default: false},
      dev: {type: 'boolean', default: false},
      host: {type: 'string', default: 'localhost'},
      'no-site': {type: 'boolean', default: false},
      'no-studio': {type: 'boolean', default: false},
      port: {type: 'string', default: String(DEFAULT_PORT)},
      url: {type: 'string'},
      verbose: {type: 'boolean', default: false},
    },
    argv,
  )
  if (values.help) {
    process.stdout.write(HELP)
    return 0
  }
  if (positionals.length > 0) {
    throw new UsageError(`Unexpected arguments: ${positionals.join(' ')}. Options begin with --.`)
  }
  const dataDir = values.data ?? (values.demo ? '.lake-demo' : DATA_OPTION.data.default)
  const withSite = !values['no-site']
  const wanted = readPort(values.port)
  const port = wanted === 0 && withSite ? await freePair() : wanted
  const address = values.url === undefined ? null : publicAddress(values.url, DEFAULT_PROJECT_ID)
  await using lake = createLake({
    dataDir,
    url: address?.url,
    hosts: [values.host, ...(address?.hosts ?? [])],
    origins: address?.origins,
    rateLimits: isExposed(values.host) && 'otherMachines',
  })
  const withStudio = !values['no-studio'] && !values.dev
  const server = await startServer({
    lake,
    port,
    host: values.host,
    ...(withStudio && {
      studio: {dir: studioDir, previews: [...previewOrigins(), ...siteOrigins(values.host, port)]},
    }),
  })
  const stopping = new AbortController()
  try {
    for await (const line of fillWhenEmpty(lake, server.url, values.demo)) say(line)
    for (const line of describeExposure(lake, values.host, true)) say(line)
    // Before the address is printed, because a caller may stop the process from then on.
    const stopped = stopSignal()
    if (values.verbose) logEvents(say)
    announce(server.url, dataDir)
    const site = withSite && openSite(lake, server, {host: values.host, dataDir}, stopping.signal)
    const studio = withStudio
      ? openStudio(lake, address?.url ?? server.url, stopping.signal)
      : values.dev && openDevStudio(lake, server.url, stopping.signal)
    await stopped
    stopping.abort()
    await Promise.all([studio, site])
  } finally {
    await server.close()
  }
  return 0
})

function announce(url: string, dataDir: string): void {
  say(`
  API      ${url}/v${API_VERSION}
  dataset  ${DEFAULT_DATASET}, in ${resolve(dataDir)}
  query    curl -sG '${url}/v${API_VERSION}/data/query/${DEFAULT_DATASET}' --data-urlencode 'query=${EXAMPLE}'
`)
  say(`ready ${url}`)
}

/** The API answers before the Studio is built, and continues if the build fails. */
async function openStudio(lake: Lake, url: string, signal: AbortSignal): Promise<void> {
  try {
    if (!(await isStudioBuilt())) {
      say('Building the Studio (about twenty seconds, once) …')
      await buildStudio(signal)
    }
    say(studioLine(lake, studioUrl(url, lake.projectId)))
  } catch (error) {
    if (signal.aborted) return
    say(error instanceof Error ? error.message : String(error))
  }
}

/** The lake continues without its site. */
async function openSite(
  lake: Lake,
  {url, port}: RunningServer,
  {host, dataDir}: {readonly host: string; readonly dataDir: string},
  signal: AbortSignal,
): Promise<void> {
  const {projectId} = lake
  try {
    const token = await siteToken(lake, dataDir)
    const [siteUrl = url] = siteOrigins(host, port)
    await runSite(
      {
        apiHost: url,
        projectId,
        dataset: DEFAULT_DATASET,
        token,
        siteUrl,
        host,
        port: port + 1,
        signal,
      },
      () => say(`Site ${siteUrl}`),
    )
  } catch (error) {
    say(error instanceof Error ? error.message : String(error))
    say('The lake goes on without its site. Start with another --port, or with --no-site.')
  }
}

/**
 * The origins of the site, one port above the lake's. On this machine its name is the Studio's, so
 * that browsers send the cookie of a preview to the frame of the Studio.
 */
function siteOrigins(host: string, port: number): string[] {
  const names = host === 'localhost' ? [`${DEFAULT_PROJECT_ID}.localhost`, 'localhost'] : [host]
  return names.map((name) => `http://${name}:${port + 1}`)
}

/** Edits to the sources show at once; the lake continues if the Studio's server ends. */
async function openDevStudio(lake: Lake, url: string, signal: AbortSignal): Promise<void> {
  say('Starting the Studio from its sources …')
  try {
    await runDevStudio(url, (studio) => say(studioLine(lake, studio)), signal)
  } catch (error) {
    say(error instanceof Error ? error.message : String(error))
  }
}

/** A link that signs in belongs on a screen, not in the log of a CI job or of a service. */
function studioLine(lake: Lake, studio: string): string {
  return process.stdout.isTTY
    ? `Studio, signed in: ${lake.signInLink(studio)}`
    : `Studio: ${studio} (to sign in: npx lake sign-in --data ${lake.dataDir} --studio ${studio})`
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}
