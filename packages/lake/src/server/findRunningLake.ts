/** Finds the lake that is running on a data folder. */
import {randomBytes} from 'node:crypto'
import {isNativeError} from 'node:util/types'

import {readLocalFile, challengeResponse} from '../access/localFile.ts'
import {isJsonObject} from '../core/document.ts'

export interface FoundLake {
  /** `http://localhost:3333`, without a slash at the end. */
  readonly url: string
  /** Where clients reach it: the address of a proxy, or the same as `url`. */
  readonly publicUrl: string
  /** The data folder's administrator token. */
  readonly token: string
  readonly projectId: string
}

/**
 * How long the lake may take to answer, in milliseconds. Long, because a busy lake that is not found
 * makes a command fail; where none listens, the connection is refused at once.
 */
const TIMEOUT = 10_000

/**
 * Finds the running lake through the file that it writes to its data folder. A file that a crash left
 * behind is ignored: the process must exist, and must prove that it has this folder's token.
 * @returns Null when no lake runs on the folder.
 * @example
 * const found = await findRunningLake('.lake')
 * if (found !== null) console.log(`Running at ${found.url}.`)
 */
export const findRunningLake = async (dataDir: string): Promise<FoundLake | null> => {
  const local = readLocalFile(dataDir)
  if (local === null || local.server === null || !isAlive(local.server.pid)) return null
  const {url, publicUrl = url} = local.server
  try {
    const challenge = randomBytes(16).toString('hex')
    const response = await fetch(`${url}/health?challenge=${challenge}`, {
      signal: AbortSignal.timeout(TIMEOUT),
    })
    const health: unknown = await response.json()
    if (!isJsonObject(health) || health['proof'] !== challengeResponse(local.token, challenge))
      return null
    const {projectId} = health
    return typeof projectId === 'string' ? {url, publicUrl, token: local.token, projectId} : null
  } catch {
    return null
  }
}

const isAlive = (pid: number): boolean => {
  try {
    // Signal 0 only asks whether the process exists.
    process.kill(pid, 0)
    return true
  } catch (error) {
    return isNativeError(error) && 'code' in error && error.code === 'EPERM'
  }
}
