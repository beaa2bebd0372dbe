/** `/projects`: the one project of a lake, its members, and what the caller may do in it. */
import {can, type Caller} from '../../access/caller.ts'
import {type Role, ROLES} from '../../access/roles.ts'
import type {JsonObject} from '../../core/document.ts'
import {flag, parametersOf} from '../exchange/requestUrl.ts'
import {json} from '../exchange/respond.ts'
import type {Services} from '../exchange/services.ts'
import {type RequestContext, route} from '../routing/route.ts'
import {allUsers} from './userRoutes.ts'

const members = ({lake, caller}: RequestContext): JsonObject[] => {
  const roleOf = new Map(lake.project.read().tokens.map(({userId, role}) => [userId, role]))
  return allUsers(lake).map(({id, isRobot}) => {
    const role = roleOf.get(id) ?? 'administrator'
    return {
      id,
      isRobot,
      isCurrentUser: id === caller.user?.id,
      role,
      roles: [{name: role, title: ROLES[role].title, description: ROLES[role].description}],
    }
  })
}

const project = (context: RequestContext): JsonObject => {
  const parameters = parametersOf(context.request.search)
  return {
    id: context.lake.projectId,
    displayName: context.lake.projectId,
    // With an organisation, the Studio would call services that exist on sanity.io only.
    organizationId: null,
    studioHost: null,
    isBlocked: false,
    isDisabled: false,
    isDisabledByUser: false,
    metadata: {},
    maxRetentionDays: 365 * 100,
    createdAt: context.lake.datasets.list()[0]?.createdAt ?? null,
    ...(flag(parameters, 'includeMembers', true) && {members: members(context)}),
    ...(flag(parameters, 'includeFeatures', true) && {features: []}),
  }
}

const describeRole = (name: string, {title, description}: (typeof ROLES)[Role]): JsonObject => ({
  name,
  title,
  description,
  isCustom: false,
  appliesToUsers: true,
  appliesToRobots: true,
})

const EVERY_DOCUMENT = '_id in path("**")'

/** What a Studio allows its user; it evaluates the filters itself. */
const datasetGrants = (caller: Caller): JsonObject[] => {
  const permissions = caller.role === null ? [] : ROLES[caller.role].permissions
  const documents = permissions.filter((permission) => permission !== 'manage')
  return documents.length === 0 ? [] : [{filter: EVERY_DOCUMENT, permissions: documents}]
}

const grants = (...names: string[]): JsonObject[] => [
  {grants: names.map((name) => ({name, params: {}})), config: {}},
]

const grantsByResource = (caller: Caller): JsonObject => {
  return {
    'sanity.document.filter': datasetGrants(caller).map((config) => ({
      grants: ROLES[caller.role ?? 'viewer'].permissions.map((name) => ({name, params: {}})),
      config: {filter: config['filter'] ?? EVERY_DOCUMENT},
    })),
    'sanity.project': can(caller, 'manage') ? grants('read', 'update') : grants('read'),
    'sanity.project.members': can(caller, 'read') ? grants('read') : [],
    ...(can(caller, 'manage') && {
      'sanity.project.datasets': grants('create', 'read', 'update', 'delete'),
      'sanity.project.cors': grants('create', 'read', 'delete'),
      'sanity.project.tokens': grants('create', 'read', 'delete'),
    }),
  }
}

/** @throws 404 for another project, with a body that a Studio does not react to. */
const ofProject = (context: RequestContext): Services => {
  context.lake.checkProject(context.path['project'] ?? '')
  return context.lake
}

export const projectRoutes = [
  route('GET', '/projects', 'read', (context) => json([project(context)])),
  route('GET', '/projects/:project', 'read', (context) => {
    ofProject(context)
    return json(project(context))
  }),
  route('GET', '/projects/:project/datasets/:dataset/acl', 'anyone', (context) => {
    ofProject(context).datasets.get(context.path['dataset'] ?? '')
    return json(datasetGrants(context.caller))
  }),
  route('GET', '/projects/:project/roles', 'read', (context) => {
    ofProject(context)
    return json(Object.entries(ROLES).map(([name, role]) => describeRole(name, role)))
  }),
  // A lake invites nobody: who may use it is said by its tokens.
  route('GET', '/invitations/project/:project', 'manage', (context) => {
    ofProject(context)
    return json([])
  }),
  route('GET', '/projects/:project/grants', 'anyone', (context) => {
    ofProject(context)
    return json(grantsByResource(context.caller))
  }),
]
