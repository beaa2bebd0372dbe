/**
 * `/access/project/:project/robots`: tokens for programs, which the API calls robots, as `sanity
 * tokens` lists, creates and deletes them. Sessions of Studios are listed and deleted here as
 * well, so that an administrator can see who is signed in and end a session.
 */
import type {TokenRecord} from '../../access/project.ts'
import {isRole, type Role, ROLES} from '../../access/roles.ts'
import {endOf} from '../../access/tokens.ts'
import type {Json, JsonObject} from '../../core/document.ts'
import {isJsonObject} from '../../core/document.ts'
import {badRequest, notFound} from '../../core/errors.ts'
import {jsonObjectBody} from '../../core/jsonBody.ts'
import {MAX_SMALL_BODY_BYTES} from '../../core/limits.ts'
import {json} from '../exchange/respond.ts'
import type {Services} from '../exchange/services.ts'
import {type RequestContext, route} from '../routing/route.ts'

const ofProject = ({lake, path}: RequestContext): Services => {
  lake.checkProject(path['project'] ?? '')
  return lake
}

const page = (data: readonly JsonObject[]): JsonObject => ({
  data,
  nextCursor: null,
  totalCount: data.length,
})

const robot = (projectId: string, record: TokenRecord): JsonObject => ({
  id: record.id,
  label: record.label,
  createdAt: record.createdAt,
  expiresAt: record.kind === 'session' ? new Date(endOf(record)).toISOString() : null,
  memberships: [{resourceType: 'project', resourceId: projectId, roleNames: [record.role]}],
})

const roles = (): JsonObject[] =>
  Object.entries(ROLES).map(([name, {title, description}]) => ({
    name,
    title,
    description,
    isCustom: false,
    appliesToUsers: name !== 'deploy-studio',
    appliesToRobots: true,
  }))

const create = async (context: RequestContext): Promise<JsonObject> => {
  const {tokens, projectId} = ofProject(context)
  const {label, memberships} = await jsonObjectBody(context.request, MAX_SMALL_BODY_BYTES)
  if (typeof label !== 'string' || label === '' || label.length > 200) {
    throw badRequest('"label" must be a string of 1 to 200 characters.')
  }
  const {record, token} = tokens.create(label, roleIn(memberships, projectId))
  return {...robot(projectId, record), token}
}

/** A token has one role in the lake's project. */
const roleIn = (memberships: Json | undefined, projectId: string): Role => {
  const [membership, ...others] = Array.isArray(memberships) ? memberships : []
  if (isJsonObject(membership) && others.length === 0) {
    const {resourceId, roleNames} = membership
    const [name, ...more]: readonly Json[] = Array.isArray(roleNames) ? roleNames : []
    if (resourceId === projectId && isRole(name) && more.length === 0) return name
  }
  throw badRequest(
    `"memberships" must be an array of one, of project "${projectId}", with one of the roles ` +
      `${Object.keys(ROLES).join(', ')}.`,
  )
}

export const tokenRoutes = [
  route('GET', '/access/project/:project/roles', 'manage', (context) => {
    ofProject(context)
    return json(page(roles()))
  }),
  route('GET', '/access/project/:project/robots', 'manage', (context) => {
    const {tokens, projectId} = ofProject(context)
    return json(page(tokens.list().map((record) => robot(projectId, record))))
  }),
  route('POST', '/access/project/:project/robots', 'issueTokens', async (context) =>
    json(await create(context)),
  ),
  route('DELETE', '/access/project/:project/robots/:id', 'manage', (context) => {
    const found = ofProject(context).tokens.revoke(context.path['id'] ?? '')
    if (!found) throw notFound('There is no such token or session.')
    return json({deleted: true})
  }),
]
