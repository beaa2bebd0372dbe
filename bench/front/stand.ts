/** A lake and a site in processes of their own, as on a server, for the measurements of the site. */
import {spawn} from 'node:child_process'
import {once} from 'node:events'
import {mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {createInterface} from 'node:readline'

import {createClient, type SanityClient} from '@sanity/client'

import {freePort} from '../../scripts/command/freePorts.ts'
import {importStories} from '../../seed/importStories.ts'
import {story} from '../../tests/queries/stories.ts'
import {type Program, startProgram} from '../process.ts'

const root = join(import.meta.dirname, '..', '..')

export interface Stand extends AsyncDisposable {
  /** Writes, with an administrator's token. */
  readonly client: SanityClient
  /** The address of the site, without a slash at the end. */
  readonly site: string
  readonly folder: string
  /** Kills the lake with SIGKILL and starts it again on the same port. */
  crashLake(whileAway: () => Promise<void>): Promise<void>
}

/** The numbered stories beside the project's own: `/news/n-0` and so on. */
export const STORIES = 500

const HOUR = 3_600_000

/** The time that many milliseconds from now. */
export const inTime = (milliseconds: number): string =>
  new Date(Date.now() + milliseconds).toISOString()

export const openStand = async (): Promise<Stand> => {
  const folder = mkdtempSync(join(tmpdir(), 'copydesk-bench-'))
  const port = String(await freePort())
  const data = join(folder, 'lake')
  let lake: Program
  const startLake = async () => {
    lake = startProgram('lakeServer.ts', data, '', port)
    return readAddress(await lake.next())
  }
  const {url, token} = await startLake()
  const client = createClient({
    apiHost: url,
    useProjectHostname: false,
    projectId: 'copydesk',
    dataset: 'production',
    apiVersion: '2025-02-19',
    useCdn: false,
    token,
  })
  await importStories({files: [join(root, 'seed', '000_73de5ce1ef32ca8d.txt')], client})
  const stories = client.transaction()
  for (let number = 0; number < STORIES; number += 1) {
    stories.create(story(`n-${number}`, {firstPublishedAt: inTime(-HOUR)}))
  }
  await stories.commit()
  const site = await startSite(url, token)
  return {
    client,
    site: site.url,
    folder,
    crashLake: async (whileAway) => {
      process.kill(lake.pid, 'SIGKILL')
      await lake.stop()
      await whileAway()
      await startLake()
    },
    [Symbol.asyncDispose]: async () => {
      await site.stop()
      await lake.stop()
      rmSync(folder, {recursive: true, force: true})
    },
  }
}

const readAddress = (printed: unknown): {readonly url: string; readonly token: string} => {
  const {url, token}: {url?: unknown; token?: unknown} = Object(printed)
  return {url: String(url), token: String(token)}
}

const startSite = async (apiHost: string, token: string) => {
  const child = spawn(process.execPath, [join(root, 'site', 'server.ts')], {
    env: {
      ...process.env,
      SANITY_PROJECT_ID: 'copydesk',
      SANITY_DATASET: 'production',
      SANITY_API_HOST: apiHost,
      SANITY_API_READ_TOKEN: token,
      SITE_HOST: '127.0.0.1',
      SITE_PORT: String(await freePort()),
    },
    // It reports each answer that it could not get while the lake is away.
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const [line] = await once(createInterface(child.stdout), 'line')
  const ended = once(child, 'close')
  return {
    url: String(line).replace('ready ', ''),
    stop: async () => {
      child.kill('SIGTERM')
      await ended
    },
  }
}
