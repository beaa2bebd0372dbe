/**
 * The project: everything that is not a document, such as datasets, users, tokens and web origins.
 * It is one small JSON file, `project.json` in the data folder, and always written as a whole.
 */
import {isJsonObject, type Json, type JsonObject} from '../core/document.ts'
import {temporarilyUnavailable} from '../core/errors.ts'
import type {User} from './caller.ts'
import {type HookRecord, parseHook} from './hookRecord.ts'
import {readPrivateJson, writePrivateJson} from './privateFile.ts'
import {isRole, type Role} from './roles.ts'

export interface Project {
  readonly datasets: readonly DatasetRecord[]
  readonly users: readonly User[]
  readonly tokens: readonly TokenRecord[]
  /** Web origins other than this machine's whose pages may use the lake. */
  readonly origins: readonly OriginRecord[]
  /** Webhooks, in order of creation. */
  readonly hooks: readonly HookRecord[]
  /**
   * The Studio's settings by user id. Only in snapshots and in folders of earlier lakes; see
   * settings.ts.
   */
  readonly keyValues: Readonly<Record<string, JsonObject>>
  /** The base URL in the asset documents; null until a server has run. */
  readonly assetsAt: string | null
}

export type AclMode = 'public' | 'private'

export interface DatasetRecord {
  readonly name: string
  /** Whether published documents can be read without a token. */
  readonly aclMode: AclMode
  /** ISO 8601 in UTC. */
  readonly createdAt: string
  readonly description: string | null
  /** The dataset whose comments and tasks this one holds. */
  readonly addonFor: string | null
  /** `comments` for such a dataset. */
  readonly datasetProfile: string | null
  /**
   * Whether its file has existed, so that a missing file is an error. Earlier lakes listed datasets
   * before they created the file.
   */
  readonly hasFile: boolean
}

export interface OriginRecord {
  readonly id: number
  /** `https://desk.example.org`, in lower case. */
  readonly origin: string
  /** Whether its pages may send credentials, and people may sign in from there. */
  readonly allowCredentials: boolean
  readonly createdAt: string
}

export interface TokenRecord {
  readonly id: string
  readonly label: string
  readonly role: Role
  readonly userId: string
  /** SHA-256 of the token in hexadecimal: tokens are random, so no salt is needed. */
  readonly hash: string
  /** A session ends when its user logs out; a token for a program stays valid. */
  readonly kind: 'token' | 'session'
  /**
   * For a session: the hash of the token that the user signed in with; without that token the session
   * is invalid. Null for tokens, and for sessions of earlier lakes, which did not store it.
   */
  readonly startedWith: string | null
  readonly createdAt: string
}

/** Reads and changes the project; a change is durable when `change` returns. */
export interface ProjectFile {
  read(): Project
  /** @throws 503 after `close`. */
  change(edit: (project: Project) => Project): void
  /**
   * Calls the listener after every change, before `change` returns. Listeners run in the order in
   * which they were added, and must not throw.
   * @returns A function that removes it.
   */
  onChange(listener: () => void): () => void
  /** Refuses changes from now on: another process may own the folder by then. */
  close(): void
}

/**
 * Raised when the meaning of the file changes, so that earlier versions refuse to open it.
 * 2: every listed dataset has a file, and a session names the token that it was started with.
 */
export const PROJECT_FORMAT = 2

const EMPTY: Project = {
  datasets: [],
  users: [],
  tokens: [],
  origins: [],
  hooks: [],
  keyValues: {},
  assetsAt: null,
}

/** @param path Null keeps the project in memory. */
export const openProject = (path: string | null): ProjectFile => {
  let project = path === null ? EMPTY : parseProject(readPrivateJson(path), path)
  const listeners = new Set<() => void>()
  let isClosed = false
  return {
    read: () => project,
    close: () => void (isClosed = true),
    change: (edit) => {
      if (isClosed) throw temporarilyUnavailable('The lake is closing.')
      const next = edit(project)
      if (path !== null) writePrivateJson(path, {format: PROJECT_FORMAT, ...next})
      project = next
      for (const listener of listeners) listener()
    },
    onChange: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}

const parseProject = (value: unknown, path: string): Project => {
  if (value === undefined) return EMPTY
  if (!isJsonObject(value)) throw new Error(`${path}: expected an object`)
  const {format} = value
  if (typeof format !== 'number' || !(format >= 1 && format <= PROJECT_FORMAT)) {
    throw new Error(
      `${path} has format ${JSON.stringify(format)}; ` +
        `this lake reads formats up to ${PROJECT_FORMAT}. ` +
        'Use the version of the lake that wrote it, or another data folder.',
    )
  }
  const entries = <T>(name: string, parse: (entry: JsonObject) => T | undefined): T[] => {
    const list = value[name]
    if (!Array.isArray(list)) throw new Error(`${path}: "${name}" must be an array`)
    return list.map((entry: unknown, index) => {
      const parsed = isJsonObject(entry) ? parse(entry) : undefined
      if (parsed === undefined) throw new Error(`${path}: "${name}[${index}]" is not valid`)
      return parsed
    })
  }
  return {
    datasets: entries('datasets', parseDataset),
    users: entries('users', parseUser),
    tokens: entries('tokens', parseToken),
    // Earlier lakes did not have these two lists.
    origins: value['origins'] === undefined ? [] : entries('origins', parseOrigin),
    hooks: value['hooks'] === undefined ? [] : entries('hooks', parseHook),
    keyValues: parseKeyValues(value['keyValues']),
    assetsAt: stringOrNull(value['assetsAt']),
  }
}

const isString = (value: Json | undefined): value is string => typeof value === 'string'
const stringOrNull = (value: Json | undefined): string | null => (isString(value) ? value : null)

const parseDataset = (entry: JsonObject): DatasetRecord | undefined => {
  const {name, aclMode, createdAt} = entry
  if (!isString(name) || !isString(createdAt)) return undefined
  if (aclMode !== 'public' && aclMode !== 'private') return undefined
  return {
    name,
    aclMode,
    createdAt,
    description: stringOrNull(entry['description']),
    addonFor: stringOrNull(entry['addonFor']),
    datasetProfile: stringOrNull(entry['datasetProfile']),
    hasFile: entry['hasFile'] === true,
  }
}

const parseUser = ({id, name, email, isRobot}: JsonObject): User | undefined =>
  isString(id) && isString(name) && isString(email)
    ? {id, name, email, isRobot: isRobot === true}
    : undefined

const parseToken = (entry: JsonObject): TokenRecord | undefined => {
  const {id, label, role, userId, hash, kind, createdAt} = entry
  if (
    !isString(id) ||
    !isString(label) ||
    !isString(userId) ||
    !isString(hash) ||
    !isString(createdAt)
  )
    return undefined
  if (!isRole(role) || (kind !== 'token' && kind !== 'session')) return undefined
  const startedWith = stringOrNull(entry['startedWith'])
  return {id, label, role, userId, hash, kind, startedWith, createdAt}
}

const parseOrigin = (entry: JsonObject): OriginRecord | undefined => {
  const {id, origin, allowCredentials, createdAt} = entry
  if (typeof id !== 'number' || !isString(origin) || !isString(createdAt)) return undefined
  return {id, origin, allowCredentials: allowCredentials === true, createdAt}
}

const parseKeyValues = (value: Json | undefined): Record<string, JsonObject> => {
  if (!isJsonObject(value)) return {}
  // Not by assignment, which would make the settings of a user `__proto__` the prototype.
  return Object.fromEntries(
    Object.entries(value).flatMap(([user, settings]) =>
      isJsonObject(settings) ? [[user, settings]] : [],
    ),
  )
}
