/**
 * Connects a command to the lake of a data folder as administrator: through its server if it is
 * running, else by opening the folder.
 */
import {existsSync} from 'node:fs'
import {join, resolve} from 'node:path'

import type {Role} from '../access/roles.ts'
import {isJsonObject} from '../core/document.ts'
import {messageIn} from '../core/errors.ts'
import type {Lake} from '../open/createLake.ts'
import {findRunningLake, type FoundLake} from '../server/findRunningLake.ts'
import {UsageError} from './command.ts'

/** A connection to a lake as its administrator. */
export interface Connection extends AsyncDisposable {
  /** Address of the running lake; null when this process opened the folder. */
  readonly url: string | null
  /** Where clients reach the running lake; null when this process opened the folder. */
  readonly publicUrl: string | null
  readonly projectId: string
  readonly token: string
  /** @param path Without the version: `/data/query/production?query=…`. */
  request(path: string, init?: RequestInit): Promise<Response>
}

const VERSION = 'v2025-02-19'

/** @throws UsageError for a folder without a lake; only `lake start` creates one. */
export const requireLake = (dataDir: string): void => {
  if (existsSync(join(dataDir, 'project.json'))) return
  throw new UsageError(
    `There is no lake in ${dataDir}. Run "lake start" first, or give its folder with --data.`,
  )
}

/**
 * Opens the folder in this process. Only then is the lake itself loaded: help, wrong options and
 * commands to a running lake do without.
 * @throws UsageError for a folder without a lake.
 */
export const openFolder = async (dataDir: string): Promise<Lake> => {
  requireLake(dataDir)
  const {createLake} = await import('../open/createLake.ts')
  return createLake({dataDir, datasets: [], sendHooks: false})
}

/** @throws UsageError for a folder without a lake. */
const runningLake = async (dataDir: string): Promise<FoundLake | null> => {
  requireLake(dataDir)
  return findRunningLake(resolve(dataDir))
}

export const connect = async (dataDir: string): Promise<Connection> => {
  const running = await runningLake(dataDir)
  if (running !== null) {
    const {url, publicUrl, projectId, token} = running
    return {
      url,
      publicUrl,
      projectId,
      token,
      request: (path, init) => send(new Request(`${url}/${VERSION}${path}`, init), token, fetch),
      [Symbol.asyncDispose]: async () => {},
    }
  }
  const lake = await openFolder(dataDir)
  const {projectId, token} = lake
  return {
    url: null,
    publicUrl: null,
    projectId,
    token,
    request: (path, init) =>
      send(new Request(`http://localhost/${VERSION}${path}`, init), token, lake.fetch),
    [Symbol.asyncDispose]: lake.close,
  }
}

/** Creates a token for a program. @returns The token, which cannot be read again later. */
export const createRobot = async (
  connection: Connection,
  label: string,
  role: Role,
): Promise<string> => {
  const {projectId} = connection
  const membership = {resourceType: 'project', resourceId: projectId, roleNames: [role]}
  const response = await connection.request(`/access/project/${projectId}/robots`, {
    method: 'POST',
    body: JSON.stringify({label, memberships: [membership]}),
  })
  const robot: unknown = await response.json()
  if (isJsonObject(robot) && typeof robot['token'] === 'string') return robot['token']
  throw new Error('The lake did not answer with a token.')
}

/** A lake with an address, for programs that can only use HTTP. */
export type ServedLake = Pick<FoundLake, 'url' | 'projectId' | 'token'> & AsyncDisposable

/** The running lake, or the folder's own, served for as long as it is needed. */
export const serve = async (dataDir: string): Promise<ServedLake> => {
  const running = await runningLake(dataDir)
  if (running !== null) return {...running, [Symbol.asyncDispose]: async () => {}}
  const lake = await openFolder(dataDir)
  const {startServer} = await import('../server/startServer.ts')
  const {url, close} = await startServer({lake, port: 0})
  const {projectId, token} = lake
  return {
    url,
    projectId,
    token,
    [Symbol.asyncDispose]: async () => {
      await close()
      await lake.close()
    },
  }
}

/** @throws UsageError with the lake's error message, or when the lake does not answer. */
const send = async (
  request: Request,
  token: string,
  deliver: (request: Request) => Promise<Response>,
): Promise<Response> => {
  request.headers.set('authorization', `Bearer ${token}`)
  const response = await deliver(request).catch((error: unknown) => {
    throw new UsageError(
      `The lake at ${new URL(request.url).origin} does not answer: ${causeOf(error)}.`,
    )
  })
  if (response.ok) return response
  throw new UsageError(messageIn(await response.json(), response.status))
}

/** The message of `fetch` says only that it failed; its cause says why. */
const causeOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error)
  return error.cause === undefined ? error.message : causeOf(error.cause)
}
