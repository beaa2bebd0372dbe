/** `/users`: who is signed in, who a user id belongs to, and the Studio's settings of a user. */
import type {Caller, User} from '../../access/caller.ts'
import {SYSTEM} from '../../access/caller.ts'
import {ROLES} from '../../access/roles.ts'
import {LOCAL_USER} from '../../access/tokens.ts'
import type {Json, JsonObject} from '../../core/document.ts'
import {isJsonObject} from '../../core/document.ts'
import {badRequest, notFound, unauthorized} from '../../core/errors.ts'
import {jsonBody} from '../../core/jsonBody.ts'
import {MAX_IDS_IN_PATH, MAX_SMALL_BODY_BYTES} from '../../core/limits.ts'
import {json} from '../exchange/respond.ts'
import type {Services} from '../exchange/services.ts'
import {type RequestContext, route} from '../routing/route.ts'

const roleDescription = ({role}: Caller): JsonObject[] => {
  if (role === null) return []
  const {title, description} = ROLES[role]
  return [{name: role, title, description}]
}

const currentUser = (caller: Caller): JsonObject => {
  if (caller.user === null) throw unauthorized('You are not signed in.')
  const {id, name, email} = caller.user
  return {
    id,
    name,
    email,
    profileImage: null,
    provider: 'lake',
    role: caller.role,
    roles: roleDescription(caller),
  }
}

/** Every user who can be the author of a change. */
export const allUsers = (lake: Services): readonly User[] => [
  LOCAL_USER,
  ...lake.project.read().users,
]

const publicUser = ({id, name, email, isRobot}: User): JsonObject => ({
  id,
  sanityUserId: id,
  displayName: name,
  givenName: name,
  familyName: null,
  email,
  imageUrl: null,
  provider: 'lake',
  isRobot,
})

const THE_LAKE = {id: SYSTEM, name: 'The lake', email: '', isRobot: true}

const usersById = ({lake, path}: RequestContext): JsonObject | readonly JsonObject[] => {
  const ids = (path['ids'] ?? '').split(',')
  const known = new Map(allUsers(lake).map((user) => [user.id, user]))
  // Unknown ids get a name too, because history outlives accounts.
  const found = ids.map((id) =>
    publicUser(
      known.get(id) ??
        (id === SYSTEM ? THE_LAKE : {id, name: 'Former user', email: '', isRobot: false}),
    ),
  )
  return found.length === 1 && found[0] !== undefined ? found[0] : found
}

/** @throws 401 for an anonymous caller: settings belong to a user. */
const settingsOf = ({lake, caller}: RequestContext): {userId: string; settings: JsonObject} => {
  if (caller.user === null) throw unauthorized('Settings belong to a user: sign in first.')
  const userId = caller.user.id
  return {userId, settings: lake.settings.of(userId)}
}

const valueOf = (settings: JsonObject, key: string): Json =>
  Object.hasOwn(settings, key) ? (settings[key] ?? null) : null

const readKeyValues = (context: RequestContext): readonly JsonObject[] => {
  const {settings} = settingsOf(context)
  const keys = (context.path['keys'] ?? '').split(',').slice(0, MAX_IDS_IN_PATH)
  return keys.map((key) => ({key, value: valueOf(settings, key)}))
}

const MAX_KEY_LENGTH = 256

const writeKeyValues = async (context: RequestContext): Promise<readonly JsonObject[]> => {
  settingsOf(context)
  const body = await jsonBody(context.request, MAX_SMALL_BODY_BYTES)
  if (!Array.isArray(body)) throw badRequest('The body must be an array of {key, value}.')
  const pairs = body.map((pair: Json) => {
    if (!isJsonObject(pair)) throw badRequest('The body must be an array of {key, value}.')
    const {key, value} = pair
    if (typeof key !== 'string' || key === '' || key.length > MAX_KEY_LENGTH) {
      throw badRequest(`A key must be a string of 1 to ${MAX_KEY_LENGTH} characters.`)
    }
    return {key, value: value ?? null}
  })
  const {userId} = settingsOf(context)
  context.lake.settings.set(
    userId,
    pairs.map(({key, value}) => [key, value]),
  )
  return pairs
}

const removeKeyValue = (context: RequestContext): JsonObject => {
  const {userId} = settingsOf(context)
  const key = context.path['keys'] ?? ''
  if (context.lake.settings.remove(userId, key)) return {key}
  throw notFound(`There is no value with the key "${key}".`)
}

export const userRoutes = [
  route('GET', '/users/me', 'signedIn', ({caller}) => json(currentUser(caller))),
  route('GET', '/users/:ids', 'read', (context) => json(usersById(context))),
  route('GET', '/users/me/keyvalue/:keys', 'signedIn', (context) => json(readKeyValues(context))),
  route('PUT', '/users/me/keyvalue', 'signedIn', async (context) =>
    json(await writeKeyValues(context)),
  ),
  route('DELETE', '/users/me/keyvalue/:keys', 'signedIn', (context) =>
    json(removeKeyValue(context)),
  ),
]
