/** Chooses where `npm run seed` and `npm run query` work: hosted Sanity or the embedded lake. */
import {DEFAULT_DATASET} from '@copydesk/lake'
import type {SanityClient} from '@sanity/client'

import {clientFor} from './clientFor.ts'
import {openLake} from './openLake.ts'
import {CommandError} from './runCommand.ts'

/** The dataset that a command works on, embedded or hosted. */
export interface Target extends AsyncDisposable {
  readonly client: SanityClient
  /** Where the documents are, for messages. */
  readonly description: string
  /** The address of its Studio, if it has one. */
  readonly studio?: string | undefined
}

export interface TargetOptions {
  readonly dataDir: string
  readonly dataset?: string | undefined
  readonly environment: Readonly<Record<string, string | undefined>>
}

/** All three are needed for a hosted project; without any of them the embedded lake is used. */
const HOSTED_VARIABLES = [
  'SANITY_STUDIO_PROJECT_ID',
  'SANITY_STUDIO_DATASET',
  'SANITY_AUTH_TOKEN',
] as const

/** Hosted Sanity if its variables are set, otherwise the embedded lake. */
export const openTarget = async (options: TargetOptions): Promise<Target> =>
  hostedTarget(options) ?? embeddedTarget(options)

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
    [Symbol.asyncDispose]: async () => {},
  }
}

const embeddedTarget = async (options: TargetOptions): Promise<Target> => {
  const {dataDir, dataset = DEFAULT_DATASET} = options
  const lake = await openLake(dataDir)
  const client = clientFor({...lake, dataset, apiHost: lake.url})
  const names = (await client.datasets.list()).map(({name}) => name)
  if (!names.includes(dataset)) {
    await lake[Symbol.asyncDispose]()
    throw new CommandError(
      `There is no dataset "${dataset}" in ${dataDir}; it has: ${names.join(', ')}. ` +
        `Create it with: npm run sanity -- --data ${dataDir} dataset create ${dataset} --visibility public`,
    )
  }
  return {
    client,
    description: `${lake.description}, dataset ${dataset}`,
    studio: lake.studio,
    [Symbol.asyncDispose]: () => lake[Symbol.asyncDispose](),
  }
}
