/**
 * The Studio's settings of each user, such as list layouts: one small private file per user in
 * `settings/`, so that a change rewrites nothing of other users.
 */
import {mkdirSync, readdirSync} from 'node:fs'
import {join} from 'node:path'
import {isNativeError} from 'node:util/types'

import {isJsonObject, type Json, type JsonObject} from '../core/document.ts'
import {badRequest, temporarilyUnavailable} from '../core/errors.ts'
import {MAX_SETTINGS, MAX_SETTINGS_BYTES} from '../core/limits.ts'
import {readPrivateJson, writePrivateJson} from './privateFile.ts'
import type {ProjectFile} from './project.ts'

export interface Settings {
  of(userId: string): JsonObject
  /**
   * Adds or replaces values; durable when it returns.
   * @throws 400 beyond the limits of a user.
   */
  set(userId: string, values: Iterable<readonly [key: string, value: Json]>): void
  /** Removes a value. @returns Whether there was one. */
  remove(userId: string, key: string): boolean
  /** Adds values from a snapshot or an earlier lake, without checking the limits. */
  adopt(userId: string, values: JsonObject): void
  /** By user id. */
  all(): Record<string, JsonObject>
  /** Refuses changes from now on: another process may own the folder by then. */
  close(): void
}

/** Name of the folder in the data folder. */
export const SETTINGS_FOLDER = 'settings'

/** @param folder Null keeps them in memory. */
export const openSettings = (folder: string | null): Settings => {
  const known = new Map<string, JsonObject>()

  const of = (userId: string): JsonObject => {
    let settings = known.get(userId)
    if (settings === undefined) {
      const stored = folder === null ? undefined : readPrivateJson(fileOf(folder, userId))
      settings = isJsonObject(stored) ? stored : {}
      known.set(userId, settings)
    }
    return settings
  }

  let isClosed = false
  const write = (userId: string, settings: JsonObject): void => {
    if (isClosed) throw temporarilyUnavailable('The lake is closing.')
    if (folder !== null) {
      mkdirSync(folder, {recursive: true, mode: 0o700})
      writePrivateJson(fileOf(folder, userId), settings)
    }
    known.set(userId, settings)
  }

  return {
    of,
    set: (userId, values) => {
      const before = of(userId)
      const after = Object.fromEntries([...Object.entries(before), ...values])
      requireRoom(before, after)
      write(userId, after)
    },
    remove: (userId, key) => {
      const {[key]: gone, ...rest} = of(userId)
      if (gone === undefined || !Object.hasOwn(of(userId), key)) return false
      write(userId, rest)
      return true
    },
    adopt: (userId, values) => write(userId, {...of(userId), ...values}),
    close: () => void (isClosed = true),
    all: () => {
      const users = new Set([...known.keys(), ...(folder === null ? [] : usersIn(folder))])
      return Object.fromEntries(
        [...users]
          .map((userId) => [userId, of(userId)] as const)
          .filter(([, settings]) => Object.keys(settings).length > 0),
      )
    },
  }
}

/**
 * Moves settings out of `project.json`, where earlier lakes and snapshots keep them. They replace what
 * is there: after a crash both are equal, and after a restore the restored ones count.
 */
export const moveSettings = (project: ProjectFile, settings: Settings): void => {
  const {keyValues} = project.read()
  const users = Object.entries(keyValues)
  if (users.length === 0) return
  for (const [userId, values] of users) settings.adopt(userId, values)
  project.change((state) => ({...state, keyValues: {}}))
}

/** In hexadecimal, because ids are case-sensitive and some file systems are not. */
const fileOf = (folder: string, userId: string): string =>
  join(folder, `${Buffer.from(userId).toString('hex')}.json`)

const usersIn = (folder: string): string[] => {
  let names: string[]
  try {
    names = readdirSync(folder)
  } catch (error) {
    if (isNativeError(error) && 'code' in error && error.code === 'ENOENT') return []
    throw error
  }
  return names.flatMap((name) => {
    const encoded = /^((?:[0-9a-f]{2})+)\.json$/.exec(name)?.[1]
    return encoded === undefined ? [] : [Buffer.from(encoded, 'hex').toString()]
  })
}

/** A user who is over the limit can still remove settings. */
const requireRoom = (before: JsonObject, after: JsonObject): void => {
  const count = Object.keys(after).length
  if (count > MAX_SETTINGS && count > Object.keys(before).length) {
    throw badRequest(`A user can keep at most ${MAX_SETTINGS} keys.`)
  }
  const size = sizeOf(after)
  if (size <= MAX_SETTINGS_BYTES || size <= sizeOf(before)) return
  throw badRequest(
    `A user can keep at most ${MAX_SETTINGS_BYTES} bytes of keys and values; this would make ${size}.`,
  )
}

const sizeOf = (settings: JsonObject): number => Buffer.byteLength(JSON.stringify(settings))
