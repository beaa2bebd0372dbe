/**
 * `lake env`: the environment variables that a front end of a framework expects, with a token that
 * can read but not write.
 */
import {DEFAULT_DATASET, DEFAULT_PORT} from '../../open/lakeOptions.ts'
import {type Command, readOptions, UsageError} from '../command.ts'
import {connect, createRobot} from '../connectToLake.ts'
import {studioUrl} from '../studioUrl.ts'

/**
 * What each framework puts before the names of variables that pages may read
 * (https://nextjs.org/docs/app/guides/environment-variables, https://docs.astro.build/en/guides/environment-variables,
 * https://vite.dev/guide/env-and-mode). The token has no prefix, so no framework sends it to browsers.
 */
const PREFIXES: ReadonlyMap<string, string> = new Map([
  ['next', 'NEXT_PUBLIC_'],
  ['astro', 'PUBLIC_'],
  ['vite', 'VITE_'],
  ['node', ''],
])
const KINDS = [...PREFIXES.keys()]

/** The version of the API that the lake's documentation and tests use. */
const API_VERSION = '2025-02-19'

export const envCommand: Command = {
  usage: 'env --for KIND',
  summary: 'Print the environment variables of a front end, with a new viewer token.',
  help: [
    `--for KIND        ${KINDS.join(', ')}`,
    `--dataset NAME    dataset (default ${DEFAULT_DATASET})`,
    '',
    'The output has the format of an .env file: lake env --for next >> .env.local',
    'Each run creates a token; "lake sanity tokens list" shows them all.',
  ],
  run: async (argv) => {
    const {values} = readOptions(argv, {
      for: {type: 'string', default: ''},
      dataset: {type: 'string', default: DEFAULT_DATASET},
    })
    const prefix = PREFIXES.get(values.for)
    if (prefix === undefined) throw new UsageError(`--for must be one of ${KINDS.join(', ')}.`)
    await using connection = await connect(values.data)
    const {publicUrl, projectId} = connection
    const apiHost = publicUrl ?? `http://localhost:${DEFAULT_PORT}`
    const token = await createRobot(connection, `Front end (${values.for})`, 'viewer')
    console.log(
      [
        '# Options of createClient besides these variables:',
        `#   apiHost: '${apiHost}', useProjectHostname: false, useCdn: false`,
        `${prefix}SANITY_PROJECT_ID=${projectId}`,
        `${prefix}SANITY_DATASET=${values.dataset}`,
        `${prefix}SANITY_API_VERSION=${API_VERSION}`,
        `${prefix}SANITY_STUDIO_URL=${studioUrl(apiHost, projectId)}`,
        '# It reads drafts: for servers only.',
        `SANITY_API_READ_TOKEN=${token}`,
      ].join('\n'),
    )
  },
}
