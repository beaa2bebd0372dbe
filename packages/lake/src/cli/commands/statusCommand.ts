/**
 * `lake status`: whether the lake runs and what it contains, or the environment variables for
 * other tools.
 */
import {isJsonObject} from '../../core/document.ts'
import {DEFAULT_DATASET, DEFAULT_PORT} from '../../open/lakeOptions.ts'
import {type Command, readOptions} from '../command.ts'
import {connect, type Connection} from '../connectToLake.ts'

export const statusCommand: Command = {
  usage: 'status [--env]',
  summary: 'Show whether the lake is running, and its datasets.',
  help: [
    '--env             print environment variables for other tools, in the format of an .env file;',
    '                  for front ends see "lake env"',
    `--dataset NAME    the dataset in these variables (default ${DEFAULT_DATASET})`,
  ],
  run: async (argv) => {
    const {values} = readOptions(argv, {
      env: {type: 'boolean', default: false},
      dataset: {type: 'string', default: DEFAULT_DATASET},
    })
    await using connection = await connect(values.data)
    console.log(
      values.env ? environment(connection, values.dataset) : await report(connection, values.data),
    )
  },
}

/**
 * Variables that the Studio, Sanity's CLI, front end templates and this lake read. No token: the
 * folder's own can do everything, and what this prints ends up in files and logs.
 */
const environment = ({publicUrl, projectId}: Connection, dataset: string): string =>
  [
    ...['SANITY_STUDIO', 'SANITY', 'NEXT_PUBLIC_SANITY'].flatMap((prefix) => [
      `${prefix}_PROJECT_ID=${projectId}`,
      `${prefix}_DATASET=${dataset}`,
    ]),
    `SANITY_STUDIO_API_HOST=${publicUrl ?? `http://localhost:${DEFAULT_PORT}`}`,
    '# For a program that writes: SANITY_AUTH_TOKEN=, with what "lake token NAME --role editor" prints',
  ].join('\n')

const report = async (connection: Connection, dataDir: string): Promise<string> => {
  const {url, projectId} = connection
  const datasets: unknown = await (await connection.request('/datasets')).json()
  const lines = Array.isArray(datasets)
    ? await Promise.all(datasets.filter(isJsonObject).map((dataset) => line(connection, dataset)))
    : []
  return [
    url === null ? 'not running' : `running at ${url}`,
    `project ${projectId}, data in ${dataDir}`,
    ...lines,
  ].join('\n')
}

const line = async (
  connection: Connection,
  {name, aclMode}: {readonly [key: string]: unknown},
): Promise<string> => {
  const response = await connection.request(
    `/data/query/${String(name)}?perspective=raw&query=count(*)`,
  )
  const answer: unknown = await response.json()
  const count = isJsonObject(answer) ? String(answer['result']) : '?'
  return `dataset ${String(name)}: ${String(aclMode)}, ${count} documents`
}
