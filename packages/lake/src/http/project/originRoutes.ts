/**
 * `/projects/:project/cors`: the web origins whose pages may use the lake, as `sanity cors` lists,
 * adds and deletes them.
 */
import type {OriginRecord} from '../../access/project.ts'
import type {JsonObject} from '../../core/document.ts'
import {badRequest, conflict, notFound} from '../../core/errors.ts'
import {jsonObjectBody} from '../../core/jsonBody.ts'
import {MAX_ORIGINS, MAX_SMALL_BODY_BYTES} from '../../core/limits.ts'
import {json} from '../exchange/respond.ts'
import type {Services} from '../exchange/services.ts'
import {type RequestContext, route} from '../routing/route.ts'

const ofProject = ({lake, path}: RequestContext): Services => {
  lake.checkProject(path['project'] ?? '')
  return lake
}

const describe = (projectId: string, {createdAt, ...record}: OriginRecord): JsonObject => ({
  ...record,
  projectId,
  createdAt,
  updatedAt: createdAt,
  deletedAt: null,
})

const add = async (context: RequestContext): Promise<JsonObject> => {
  const {project, projectId, now} = ofProject(context)
  const body = await jsonObjectBody(context.request, MAX_SMALL_BODY_BYTES)
  const {allowCredentials = false} = body
  if (typeof allowCredentials !== 'boolean') {
    throw badRequest('"allowCredentials" must be true or false.')
  }
  const origin = originIn(body)
  const {origins} = project.read()
  if (origins.some((record) => record.origin === origin)) {
    throw conflict(`${origin} is listed already.`)
  }
  if (origins.length >= MAX_ORIGINS) {
    throw conflict(`At most ${MAX_ORIGINS} origins can be listed. Delete one first.`)
  }
  const id = 1 + Math.max(0, ...origins.map((record) => record.id))
  const record = {id, origin, allowCredentials, createdAt: new Date(now()).toISOString()}
  project.change((state) => ({...state, origins: [...state.origins, record]}))
  return describe(projectId, record)
}

/** As browsers send it: scheme, host and port in lower case. */
const originIn = ({origin}: JsonObject): string => {
  const url = typeof origin === 'string' && !origin.includes('*') ? URL.parse(origin) : null
  const isWeb = url !== null && (url.protocol === 'http:' || url.protocol === 'https:')
  if (isWeb && url.href === `${url.origin}/`) return url.origin
  throw badRequest(
    '"origin" must be a web origin such as https://desk.example.org, without a path or "*".',
  )
}

const remove = (context: RequestContext): JsonObject => {
  const {project} = ofProject(context)
  const {origins} = project.read()
  const kept = origins.filter(({id}) => String(id) !== context.path['id'])
  if (kept.length === origins.length) throw notFound('There is no such origin.')
  project.change((state) => ({...state, origins: kept}))
  return {deleted: true}
}

export const originRoutes = [
  route('GET', '/projects/:project/cors', 'manage', (context) => {
    const {project, projectId} = ofProject(context)
    return json(project.read().origins.map((record) => describe(projectId, record)))
  }),
  route('POST', '/projects/:project/cors', 'manage', async (context) => json(await add(context))),
  route('DELETE', '/projects/:project/cors/:id', 'manage', (context) => json(remove(context))),
]
