import type {AclMode, DatasetRecord} from '../../access/project.ts'
import type {Json, JsonObject} from '../../core/document.ts'
import {badRequest} from '../../core/errors.ts'
import {optionalJsonBody} from '../../core/jsonBody.ts'
import {MAX_SMALL_BODY_BYTES} from '../../core/limits.ts'
import {parametersOf} from '../exchange/requestUrl.ts'
import {json} from '../exchange/respond.ts'
import {type Exchange, route} from '../routing/route.ts'

/** Listing, creating, editing, copying and deleting datasets; and the one that holds comments. */

const describe = ({hasFile: _hasFile, ...record}: DatasetRecord): JsonObject => ({
  ...record,
  createdByUserId: null,
  tags: [],
  acl: [],
})

const list = (exchange: Exchange): JsonObject[] => {
  if (exchange.path['project'] !== undefined) exchange.lake.checkProject(exchange.path['project'])
  const parameters = parametersOf(exchange.request.search)
  const profile = parameters.get('datasetProfile')
  const addonFor = parameters.get('addonFor')
  return exchange.lake.datasets
    .list()
    .filter((record) => profile === null || record.datasetProfile === profile)
    .filter((record) => addonFor === null || record.addonFor === addonFor)
    .map(describe)
}

const aclModeOf = (value: Json | undefined): AclMode | undefined => {
  if (value === undefined || value === null) return undefined
  if (value === 'public' || value === 'private') return value
  throw badRequest('"aclMode" must be "public" or "private".')
}

const descriptionOf = (value: Json | undefined): string | undefined => {
  if (value === undefined || value === null) return undefined
  if (typeof value === 'string' && value.length <= 1000) return value
  throw badRequest('"description" must be a text of at most 1000 characters.')
}

/** The client sends no body when it has no options. */
const wishes = ({request}: Exchange): Promise<JsonObject> =>
  optionalJsonBody(request, MAX_SMALL_BODY_BYTES)

const nameOf = ({lake, path}: Exchange): string => {
  if (path['project'] !== undefined) lake.checkProject(path['project'])
  return path['dataset'] ?? ''
}

const show = (exchange: Exchange): JsonObject => {
  return describe(exchange.lake.datasets.get(nameOf(exchange)).record())
}

const create = async (exchange: Exchange): Promise<JsonObject> => {
  const body = await wishes(exchange)
  const record = exchange.lake.datasets.create({
    name: nameOf(exchange),
    aclMode: aclModeOf(body['aclMode']) ?? 'public',
    description: descriptionOf(body['description']) ?? null,
  })
  return {datasetName: record.name, ...describe(record)}
}

const edit = async (exchange: Exchange): Promise<JsonObject> => {
  const body = await wishes(exchange)
  const aclMode = aclModeOf(body['aclMode'])
  const description = descriptionOf(body['description'])
  const record = exchange.lake.datasets.edit(nameOf(exchange), {
    ...(aclMode !== undefined && {aclMode}),
    ...(description !== undefined && {description}),
  })
  return {datasetName: record.name, ...describe(record)}
}

const remove = async (exchange: Exchange): Promise<JsonObject> => {
  await exchange.lake.datasets.remove(nameOf(exchange))
  return {deleted: true}
}

/** Comments and tasks live in a dataset of their own, made when the first one is written. */
const setUpComments = (exchange: Exchange): JsonObject => {
  const {datasets} = exchange.lake
  const {name} = datasets.get(nameOf(exchange))
  const existing = datasets.list().find(({addonFor}) => addonFor === name)
  const record =
    existing ??
    datasets.create({
      name: `${name}-comments`,
      aclMode: 'private',
      description: null,
      addonFor: name,
      datasetProfile: 'comments',
    })
  return {datasetName: record.name}
}

export const datasetRoutes = [
  route('GET', '/datasets', 'read', (exchange) => json(list(exchange))),
  route('GET', '/projects/:project/datasets', 'read', (exchange) => json(list(exchange))),
  // The client names the project in the host or a header; the management API has it in the path.
  ...['/datasets/:dataset', '/projects/:project/datasets/:dataset'].flatMap((path) => [
    route('GET', path, 'read', (exchange) => json(show(exchange))),
    route('PUT', path, 'manage', async (exchange) => json(await create(exchange))),
    route('PATCH', path, 'manage', async (exchange) => json(await edit(exchange))),
    route('DELETE', path, 'manage', async (exchange) => json(await remove(exchange))),
  ]),
  route('POST', '/comments/:dataset/setup', 'write', (exchange) => json(setUpComments(exchange))),
  // Aliases are a hosted feature; an empty list is the truth.
  route('GET', '/aliases', 'read', () => json([])),
]
