/**
 * `/datasets`: lists, creates, edits and deletes datasets, and sets up the one that holds
 * comments.
 */
import type {AclMode, DatasetRecord} from '../../access/project.ts'
import type {Json, JsonObject} from '../../core/document.ts'
import {badRequest} from '../../core/errors.ts'
import {optionalJsonBody} from '../../core/jsonBody.ts'
import {MAX_SMALL_BODY_BYTES} from '../../core/limits.ts'
import {parametersOf} from '../exchange/requestUrl.ts'
import {json} from '../exchange/respond.ts'
import {type RequestContext, route} from '../routing/route.ts'

const describe = ({hasFile: _hasFile, ...record}: DatasetRecord): JsonObject => ({
  ...record,
  createdByUserId: null,
  tags: [],
  acl: [],
})

const list = (context: RequestContext): JsonObject[] => {
  if (context.path['project'] !== undefined) context.lake.checkProject(context.path['project'])
  const parameters = parametersOf(context.request.search)
  const profile = parameters.get('datasetProfile')
  const addonFor = parameters.get('addonFor')
  return context.lake.datasets
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
  throw badRequest('"description" must be a string of at most 1000 characters.')
}

/** Clients send no body when there are no options. */
const optionsIn = ({request}: RequestContext): Promise<JsonObject> =>
  optionalJsonBody(request, MAX_SMALL_BODY_BYTES)

const nameOf = ({lake, path}: RequestContext): string => {
  if (path['project'] !== undefined) lake.checkProject(path['project'])
  return path['dataset'] ?? ''
}

const show = (context: RequestContext): JsonObject => {
  return describe(context.lake.datasets.get(nameOf(context)).record())
}

const create = async (context: RequestContext): Promise<JsonObject> => {
  const body = await optionsIn(context)
  const record = context.lake.datasets.create({
    name: nameOf(context),
    aclMode: aclModeOf(body['aclMode']) ?? 'public',
    description: descriptionOf(body['description']) ?? null,
  })
  return {datasetName: record.name, ...describe(record)}
}

const edit = async (context: RequestContext): Promise<JsonObject> => {
  const body = await optionsIn(context)
  const aclMode = aclModeOf(body['aclMode'])
  const description = descriptionOf(body['description'])
  const record = context.lake.datasets.edit(nameOf(context), {
    ...(aclMode !== undefined && {aclMode}),
    ...(description !== undefined && {description}),
  })
  return {datasetName: record.name, ...describe(record)}
}

const remove = async (context: RequestContext): Promise<JsonObject> => {
  await context.lake.datasets.remove(nameOf(context))
  return {deleted: true}
}

/** Comments and tasks have a dataset of their own, created with the first of them. */
const setUpComments = (context: RequestContext): JsonObject => {
  const {datasets} = context.lake
  const {name} = datasets.get(nameOf(context))
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
  route('GET', '/datasets', 'read', (context) => json(list(context))),
  route('GET', '/projects/:project/datasets', 'read', (context) => json(list(context))),
  // The client sends the project in the host or a header; the management API has it in the path.
  ...['/datasets/:dataset', '/projects/:project/datasets/:dataset'].flatMap((path) => [
    route('GET', path, 'read', (context) => json(show(context))),
    route('PUT', path, 'manage', async (context) => json(await create(context))),
    route('PATCH', path, 'manage', async (context) => json(await edit(context))),
    route('DELETE', path, 'manage', async (context) => json(await remove(context))),
  ]),
  route('POST', '/comments/:dataset/setup', 'write', (context) => json(setUpComments(context))),
  // Aliases are a feature of hosted projects; a lake has none.
  route('GET', '/aliases', 'read', () => json([])),
]
