import {existsSync} from 'node:fs'
import {join, resolve} from 'node:path'

import {messageIn} from '../core/errors.ts'
import {createLake} from '../open/createLake.ts'
import {findRunningLake} from '../server/findRunningLake.ts'
import {UsageError} from './command.ts'

/** A way to the lake of a data folder as its administrator, whether or not it runs. */
export interface Connection extends AsyncDisposable {
  /** Null when this process opened the lake by itself. */
  readonly url: string | null
  readonly projectId: string
  readonly token: string
  /** @param path Without the version: `/data/query/production?query=…`. */
  request(path: string, init?: RequestInit): Promise<Response>
}

const VERSION = 'v2025-02-19'

/** @throws UsageError for a folder without a lake: only `lake start` makes one. */
export const requireLake = (dataDir: string): void => {
  if (existsSync(join(dataDir, 'project.json'))) return
  throw new UsageError(
    `${dataDir} holds no lake. Run "lake start" first, or name its folder with --data.`,
  )
}

/** Goes through the running lake where there is one, else opens the folder itself. */
export const connect = async (dataDir: string): Promise<Connection> => {
  requireLake(dataDir)
  const running = await findRunningLake(resolve(dataDir))
  if (running !== null) {
    const {url, projectId, token} = running
    return {
      url,
      projectId,
      token,
      request: (path, init) => send(new Request(`${url}/${VERSION}${path}`, init), token, fetch),
      [Symbol.asyncDispose]: async () => {},
    }
  }
  const lake = createLake({dataDir, datasets: []})
  const {projectId, token} = lake
  return {
    url: null,
    projectId,
    token,
    request: (path, init) =>
      send(new Request(`http://localhost/${VERSION}${path}`, init), token, lake.fetch),
    [Symbol.asyncDispose]: lake.close,
  }
}

/** @throws UsageError with the lake's own words when it refuses, or when it does not answer. */
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

/** `fetch` says only that it failed; its cause says why. */
const causeOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error)
  return error.cause === undefined ? error.message : causeOf(error.cause)
}
