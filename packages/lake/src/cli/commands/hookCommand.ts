/** `lake hook`: creates, lists, tests and deletes webhooks, and sends their messages again. */
import {text} from 'node:stream/consumers'

import {HTTP_METHODS, OPERATIONS} from '../../access/hookRecord.ts'
import {isLoopbackName} from '../../access/origin.ts'
import {isJsonObject, type JsonObject} from '../../core/document.ts'
import {DEFAULT_DATASET} from '../../open/lakeOptions.ts'
import {type Command, argument, readOptions, UsageError} from '../command.ts'
import {connect, type Connection} from '../connectToLake.ts'

export const hookCommand: Command = {
  usage: 'hook add|list|test|redeliver|delete …',
  summary: 'Manage webhooks, which call other programs when documents change.',
  help: [
    'add URL           create a webhook that sends requests to this address',
    'list              list the webhooks',
    'test HOOK         send a test message now and show the answer',
    'redeliver HOOK [MESSAGE …]',
    '                  send messages again that failed: these, by id, or all',
    'delete HOOK       delete a webhook with its log',
    '',
    'HOOK is the name or the id of a webhook. Options of "add":',
    '  --name NAME          how people call it (default: the host of the address)',
    '  --dataset NAME       the dataset, or "*" for all of them (default production)',
    `  --on LIST            what counts: ${OPERATIONS.join(',')} (default: all three)`,
    '  --filter GROQ        which documents count: \'_type == "article"\'; also before(), after()',
    '                       and delta::',
    '  --projection GROQ    what to send: \'{_id, "slug": slug.current}\' (default: the document)',
    `  --method METHOD      ${HTTP_METHODS.join(', ')} (default POST)`,
    "  --header 'NAME: VALUE'",
    '                       a header to send; repeatable',
    '  --include-drafts     drafts count too',
    '  --include-versions   versions in releases count too',
    '  --secret-stdin       sign the requests with the secret on standard input',
    '',
    'A lake calls programs on this machine; start it with --hook-host to allow other hosts. For the log',
    'of a webhook: lake sanity hook logs --detailed.',
  ],
  run: async (argv) => {
    const [action = '', ...rest] = argv
    const run = Object.hasOwn(ACTIONS, action) ? ACTIONS[action] : undefined
    if (run !== undefined) return run(rest)
    const names = Object.keys(ACTIONS).join(', ')
    throw new UsageError(
      action === '' ? `Say what to do: ${names}.` : `Unknown action "${action}": use ${names}.`,
    )
  },
}

/** An exit code; 0 if undefined. */
type Action = (argv: readonly string[]) => Promise<number | void>

const add: Action = async (argv) => {
  const {values, positionals} = readOptions(argv, {
    name: {type: 'string'},
    dataset: {type: 'string', default: DEFAULT_DATASET},
    on: {type: 'string', default: OPERATIONS.join(',')},
    filter: {type: 'string'},
    projection: {type: 'string'},
    method: {type: 'string', default: 'POST'},
    header: {type: 'string', multiple: true, default: []},
    'include-drafts': {type: 'boolean', default: false},
    'include-versions': {type: 'boolean', default: false},
    'secret-stdin': {type: 'boolean', default: false},
  })
  const address = argument(positionals, 'URL')
  const url = URL.parse(address)
  if (url === null) throw new UsageError(`"${address}" is not a web address.`)
  const {filter, projection} = values
  const body = {
    type: 'document',
    name: values.name ?? url.host,
    url: address,
    dataset: values.dataset,
    rule: {
      on: values.on.split(',').map((operation) => operation.trim()),
      ...(filter !== undefined && {filter}),
      ...(projection !== undefined && {projection}),
    },
    httpMethod: values.method.toUpperCase(),
    headers: Object.fromEntries(values.header.map(headerIn)),
    includeDrafts: values['include-drafts'],
    includeAllVersions: values['include-versions'],
    ...(values['secret-stdin'] && {secret: await secretOnStdin()}),
  }
  await using connection = await connect(values.data)
  const hook = await send(connection, '', {method: 'POST', body: JSON.stringify(body)})
  console.log(`Created the webhook "${String(hook['name'])}" with the id ${String(hook['id'])}.`)
  const isCalled = connection.url === null ? isLoopbackName(url.hostname) : !hook['isDisabled']
  if (isCalled) return
  console.log(
    `The lake may not call ${url.hostname} yet. Start it with "--hook-host ${url.hostname}".`,
  )
}

const headerIn = (header: string): readonly [string, string] => {
  const colon = header.indexOf(':')
  if (colon > 0) return [header.slice(0, colon).trim(), header.slice(colon + 1).trim()]
  throw new UsageError(`"${header}" is not a header: write 'NAME: VALUE'.`)
}

const secretOnStdin = async (): Promise<string> => {
  const secret = (await text(process.stdin)).replace(/\r?\n$/, '')
  if (secret !== '' && !secret.includes('\n')) return secret
  throw new UsageError('Write the secret to standard input, as one line.')
}

const list: Action = async (argv) => {
  const {values} = readOptions(argv, {})
  await using connection = await connect(values.data)
  for (const hook of await hooksOf(connection)) {
    const {rule = null} = hook
    const on = isJsonObject(rule) && Array.isArray(rule['on']) ? rule['on'].join(',') : ''
    const state = hook['isDisabledByUser']
      ? ', switched off'
      : hook['isDisabled']
        ? ', waits: its host needs --hook-host'
        : ''
    console.log(
      `${String(hook['id'])}  ${String(hook['name'])}: ${on} in ${String(hook['dataset'])} → ` +
        `${String(hook['httpMethod'])} ${String(hook['url'])}${state}`,
    )
  }
}

const test: Action = async (argv) => {
  const {values, positionals} = readOptions(argv, {})
  const name = argument(positionals, 'HOOK')
  await using connection = await connect(values.data)
  const id = await idOf(connection, name)
  return report(await send(connection, `/${id}/test`, {method: 'POST'}))
}

const redeliver: Action = async (argv) => {
  const {values, positionals} = readOptions(argv, {})
  const [name, ...wanted] = positionals
  if (name === undefined) throw new UsageError('Missing argument: expected HOOK.')
  await using connection = await connect(values.data)
  const id = await idOf(connection, name)
  const ids = wanted.length > 0 ? wanted : await failedMessages(connection, id)
  if (ids.length === 0) console.log('No message has failed.')
  let code = 0
  for (const message of ids) {
    const path = `/${id}/messages/${encodeURIComponent(message)}/redeliver`
    const attempt = await send(connection, path, {method: 'POST'})
    code = Math.max(code, report(attempt, `${message}: `))
  }
  return code
}

/** Ids, the oldest first. */
const failedMessages = async (connection: Connection, id: string): Promise<string[]> => {
  const messages = await listOf(connection, `/${id}/messages`)
  return messages
    .filter(({status}) => status === 'failure')
    .map((message) => String(message['id']))
    .toReversed()
}

const remove: Action = async (argv) => {
  const {values, positionals} = readOptions(argv, {})
  const name = argument(positionals, 'HOOK')
  await using connection = await connect(values.data)
  await send(connection, `/${await idOf(connection, name)}`, {method: 'DELETE'})
  console.log(`Deleted the webhook "${name}".`)
}

const ACTIONS: Readonly<Record<string, Action>> = {add, list, test, redeliver, delete: remove}

/** @returns The exit code. */
const report = (attempt: JsonObject, before = ''): number => {
  const {resultCode, resultBody, duration} = attempt
  const answer = typeof resultBody === 'string' ? resultBody.trim() : ''
  const status = typeof resultCode === 'number' ? `HTTP ${resultCode}` : 'No answer'
  const details = answer === '' ? '' : `: ${answer}`
  console.log(`${before}${status} after ${String(duration)} ms${details}`)
  return attempt['isFailure'] === true ? 1 : 0
}

const PATH = '/hooks/projects/'

const send = async (
  connection: Connection,
  path: string,
  init: RequestInit,
): Promise<JsonObject> => {
  const response = await connection.request(`${PATH}${connection.projectId}${path}`, init)
  const answer: unknown = await response.json()
  return isJsonObject(answer) ? answer : {}
}

const listOf = async (connection: Connection, path: string): Promise<readonly JsonObject[]> => {
  const response = await connection.request(`${PATH}${connection.projectId}${path}`)
  const answer: unknown = await response.json()
  return Array.isArray(answer) ? answer.filter(isJsonObject) : []
}

const hooksOf = (connection: Connection): Promise<readonly JsonObject[]> => listOf(connection, '')

/** @throws UsageError if no webhook, or more than one, has the name. */
const idOf = async (connection: Connection, name: string): Promise<string> => {
  const hooks = await hooksOf(connection)
  const found = hooks.filter((hook) => hook['id'] === name || hook['name'] === name)
  const [hook, ...more] = found
  if (hook === undefined) throw new UsageError(`There is no webhook "${name}".`)
  if (more.length === 0) return String(hook['id'])
  const ids = found.map(({id}) => String(id)).join(', ')
  throw new UsageError(`Several webhooks are named "${name}". Use an id: ${ids}.`)
}
