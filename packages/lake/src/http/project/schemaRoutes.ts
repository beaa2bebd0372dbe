/**
 * Deployed schemas, as `sanity schemas deploy`, `list` and `delete` use them: one document of type
 * `system.schema` for each workspace of a Studio and tag, which holds the schema as a string.
 */
import type {Json, JsonObject, StoredDocument} from '../../core/document.ts'
import {isJsonObject} from '../../core/document.ts'
import {badRequest} from '../../core/errors.ts'
import {parseObject} from '../../core/jsonBody.ts'
import {MAX_MUTATION_BYTES} from '../../core/limits.ts'
import type {Dataset} from '../../datasets/dataset.ts'
import {documentsOfTypes} from '../../store/documentsOfTypes.ts'
import {writeClient, writeRequest} from '../data/writeRoutes.ts'
import {json} from '../exchange/respond.ts'
import {type RequestContext, route} from '../routing/route.ts'

/** The prefix of their ids, as in the CLI. */
const PREFIX = '_.schemas.'
const TYPE = 'system.schema'

const datasetOf = ({lake, path}: RequestContext): Dataset => {
  lake.checkProject(path['project'] ?? '')
  return lake.datasets.get(path['dataset'] ?? '')
}

/** The schemas with these ids; ids without one are left out. */
const schemasWith = ({store}: Dataset, ids: Iterable<string>): StoredDocument[] =>
  [...new Set(ids)].flatMap((id) => {
    const found = store.get(id)
    return found?._type === TYPE ? [found] : []
  })

const string = (value: Json | undefined, field: string): string => {
  if (typeof value === 'string' && value !== '') return value
  throw badRequest(`"${field}" of a schema must be a non-empty string.`)
}

/** Replaces characters that an id cannot have by underscores, as the CLI does. */
const inId = (name: string): string => name.replaceAll(/[^a-zA-Z0-9_-]/g, '_')

/** @throws 400 for a value that is not the schema of a workspace. */
const documentOf = (value: Json): JsonObject & {readonly _id: string} => {
  const {schema, workspace = null, version = null, tag = null} = isJsonObject(value) ? value : {}
  if (schema === undefined || !isJsonObject(workspace)) {
    throw badRequest('A schema must be an object with the fields "workspace" and "schema".')
  }
  const name = inId(string(workspace['name'], 'workspace.name'))
  return {
    _id: `${PREFIX}${name}${tag === null ? '' : `.${inId(string(tag, 'tag'))}`}`,
    _type: TYPE,
    version,
    tag,
    workspace,
    schema: typeof schema === 'string' ? schema : JSON.stringify(schema),
  }
}

const write = async (context: RequestContext, mutations: readonly JsonObject[]): Promise<void> => {
  const body = Buffer.from(JSON.stringify({mutations}))
  const request = writeRequest(context, 'mutations', {})
  await datasetOf(context).writer.write(request, body, writeClient(context))
}

const deploy = async (context: RequestContext): Promise<JsonObject[]> => {
  const {schemas} = parseObject(await context.request.body(MAX_MUTATION_BYTES))
  if (!Array.isArray(schemas)) throw badRequest('"schemas" must be an array.')
  const documents = schemas.map(documentOf)
  await context.lake.datasets.ready(context.path['dataset'] ?? '')
  await write(
    context,
    documents.map((document) => ({createOrReplace: document})),
  )
  return schemasWith(
    datasetOf(context),
    documents.map(({_id}) => _id),
  )
}

const remove = async (context: RequestContext): Promise<JsonObject> => {
  const id = context.path['schema'] ?? ''
  if (schemasWith(datasetOf(context), [id]).length === 0) return {deleted: false}
  await write(context, [{delete: {id}}])
  return {deleted: true}
}

const ALL = '/projects/:project/datasets/:dataset/schemas'
const ONE = `${ALL}/:schema`

export const schemaRoutes = [
  route('GET', ALL, 'read', (context) => json(documentsOfTypes(datasetOf(context).store, [TYPE]))),
  route('GET', ONE, 'read', (context) =>
    json(schemasWith(datasetOf(context), [context.path['schema'] ?? ''])),
  ),
  route('PUT', ALL, 'write', async (context) => json(await deploy(context))),
  route('DELETE', ONE, 'write', async (context) => json(await remove(context))),
]
