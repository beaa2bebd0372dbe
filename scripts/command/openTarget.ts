import {
  createLake,
  DEFAULT_DATASET,
  DEFAULT_PROJECT_ID,
  findRunningLake,
  startServer,
} from '@copydesk/lake'
import type {SanityClient} from '@sanity/client'

import {clientFor} from './clientFor.ts'
import {CommandError} from './runCommand.ts'

/** The dataset that a command works on, wherever it is. */
export interface Target extends AsyncDisposable {
  readonly client: SanityClient
  /** For people: where the documents are. */
  readonly description: string
  readonly hosted: boolean
}

export interface TargetOptions {
  readonly dataDir: string
  readonly dataset?: string | undefined
  readonly environment: Readonly<Record<string, string | undefined>>
}

/** All three name a hosted project; none of them means the embedded lake. */
const HOSTED_VARIABLES = [
  'SANITY_STUDIO_PROJECT_ID',
  'SANITY_STUDIO_DATASET',
  'SANITY_AUTH_TOKEN',
] as const

/**
 * Hosted Sanity when its variables are set, else the lake that runs on the data folder, else the
 * data folder itself, opened for as long as the command runs.
 */
export const openTarget = async (options: TargetOptions): Promise<Target> =>
  hostedTarget(options) ?? (await runningTarget(options)) ?? (await ownTarget(options))

const hostedTarget = ({dataset, environment}: TargetOptions): Target | null => {
  const [projectId, named, token] = HOSTED_VARIABLES.map((name) => environment[name] || undefined)
  if (projectId === undefined && named === undefined && token === undefined) return null
  if (projectId === undefined || named === undefined || token === undefined) {
    const missing = HOSTED_VARIABLES.filter((name) => !environment[name])
    throw new CommandError(
      `Hosted Sanity needs ${HOSTED_VARIABLES.join(', ')}; not set: ${missing.join(', ')}. ` +
        'Set what is missing, or unset all three to use the embedded lake.',
    )
  }
  return {
    client: clientFor({projectId, dataset: dataset ?? named, token}),
    description: `hosted Sanity, project ${projectId}, dataset ${dataset ?? named}`,
    hosted: true,
    [Symbol.asyncDispose]: async () => {},
  }
}

const runningTarget = async (options: TargetOptions): Promise<Target | null> => {
  const {dataDir, dataset = DEFAULT_DATASET} = options
  const running = await findRunningLake(dataDir)
  if (running === null) return null
  return {
    client: clientFor({...running, dataset, apiHost: running.url}),
    description: `the lake at ${running.url}, dataset ${dataset}`,
    hosted: false,
    [Symbol.asyncDispose]: async () => {},
  }
}

const ownTarget = async ({dataDir, dataset = DEFAULT_DATASET}: TargetOptions): Promise<Target> => {
  const lake = createLake({dataDir})
  const server = await startServer({lake, port: 0})
  return {
    client: clientFor({
      projectId: DEFAULT_PROJECT_ID,
      dataset,
      token: lake.token,
      apiHost: server.url,
    }),
    description: `the embedded lake in ${dataDir}, dataset ${dataset}`,
    hosted: false,
    [Symbol.asyncDispose]: async () => {
      await server.close()
      await lake.close()
    },
  }
}
