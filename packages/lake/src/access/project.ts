import {isJsonObject, type Json, type JsonObject} from '../core/document.ts'
import {temporarilyUnavailable} from '../core/errors.ts'
import type {User} from './caller.ts'
import {readPrivateJson, writePrivateJson} from './privateFile.ts'
import {isRole, type Role} from './roles.ts'

/**
 * Everything about a project that is not a document: its datasets, people and tokens.
 * Kept in one small JSON file, `project.json` in the data folder, and written whole.
 */
export interface Project {
  readonly datasets: readonly DatasetRecord[]
  readonly users: readonly User[]
  readonly tokens: readonly TokenRecord[]
  /** Web origins beside this machine's whose pages may use the lake. */
  readonly origins: readonly OriginRecord[]
  /**
   * By user id: what the Studio remembers for somebody. Only in snapshots and in folders of earlier
   * lakes; see settings.ts.
   */
  readonly keyValues: Readonly<Record<string, JsonObject>>
  /** The address that the documents of assets name; null before a server ran. */
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
   * Whether its file was there once, so that it must be. Earlier lakes listed datasets that nobody
   * had used yet, and made their files later.
   */
  readonly hasFile: boolean
}

export interface OriginRecord {
  readonly id: number
  /** `https://desk.example.org`, in lower case. */
  readonly origin: string
  /** Whether its pages may send credentials, and people sign in from there. */
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
  /** A session ends with a log out; a token is for programs and stays. */
  readonly kind: 'token' | 'session'
  /**
   * Of a session: the hash of the token that was signed in with, without which the session is void.
   * Null for tokens, and for sessions that were written before this was kept.
   */
  readonly startedWith: string | null
  readonly createdAt: string
}

/** Where a project is kept: changes are durable when `change` returns. */
export interface ProjectFile {
  read(): Project
  /** @throws 503 after `close`. */
  change(edit: (project: Project) => Project): void
  /**
   * Calls the listener after every change, in the order in which they were added: whatever follows
   * from the project (who may do what) follows at once. Listeners do not throw.
   * @returns A function that removes it.
   */
  onChange(listener: () => void): () => void
  /** Nothing is changed any more: the folder may be somebody else's by then. */
  close(): void
}

/**
 * Raised when what the file holds means something else than before: earlier versions refuse it then.
 * 2: every dataset that is listed has a file, and a session names the token that it was started with.
 */
export const PROJECT_FORMAT = 2

const EMPTY: Project = {
  datasets: [],
  users: [],
  tokens: [],
  origins: [],
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
    if (!Array.isArray(list)) throw new Error(`${path}: "${name}" is not a list`)
    return list.map((entry: unknown, index) => {
      const parsed = isJsonObject(entry) ? parse(entry) : undefined
      if (parsed === undefined) throw new Error(`${path}: "${name}[${index}]" is not understood`)
      return parsed
    })
  }
  return {
    datasets: entries('datasets', parseDataset),
    users: entries('users', parseUser),
    tokens: entries('tokens', parseToken),
    // Lakes before these could be listed wrote none.
    origins: value['origins'] === undefined ? [] : entries('origins', parseOrigin),
    keyValues: parseKeyValues(value['keyValues']),
    assetsAt: textOrNull(value['assetsAt']),
  }
}

const text = (value: Json | undefined): value is string => typeof value === 'string'
const textOrNull = (value: Json | undefined): string | null => (text(value) ? value : null)

const parseDataset = (entry: JsonObject): DatasetRecord | undefined => {
  const {name, aclMode, createdAt} = entry
  if (!text(name) || !text(createdAt)) return undefined
  if (aclMode !== 'public' && aclMode !== 'private') return undefined
  return {
    name,
    aclMode,
    createdAt,
    description: textOrNull(entry['description']),
    addonFor: textOrNull(entry['addonFor']),
    datasetProfile: textOrNull(entry['datasetProfile']),
    hasFile: entry['hasFile'] === true,
  }
}

const parseUser = ({id, name, email, isRobot}: JsonObject): User | undefined =>
  text(id) && text(name) && text(email) ? {id, name, email, isRobot: isRobot === true} : undefined

const parseToken = (entry: JsonObject): TokenRecord | undefined => {
  const {id, label, role, userId, hash, kind, createdAt} = entry
  if (!text(id) || !text(label) || !text(userId) || !text(hash) || !text(createdAt))
    return undefined
  if (!isRole(role) || (kind !== 'token' && kind !== 'session')) return undefined
  const startedWith = textOrNull(entry['startedWith'])
  return {id, label, role, userId, hash, kind, startedWith, createdAt}
}

const parseOrigin = (entry: JsonObject): OriginRecord | undefined => {
  const {id, origin, allowCredentials, createdAt} = entry
  if (typeof id !== 'number' || !text(origin) || !text(createdAt)) return undefined
  return {id, origin, allowCredentials: allowCredentials === true, createdAt}
}

const parseKeyValues = (value: Json | undefined): Record<string, JsonObject> => {
  if (!isJsonObject(value)) return {}
  // Not by assignment: a user called `__proto__` would be the prototype of the others.
  return Object.fromEntries(
    Object.entries(value).flatMap(([user, settings]) =>
      isJsonObject(settings) ? [[user, settings]] : [],
    ),
  )
}
