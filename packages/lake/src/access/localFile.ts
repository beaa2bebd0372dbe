import {createHmac} from 'node:crypto'
import {join} from 'node:path'

import {isJsonObject} from '../core/document.ts'
import {readPrivateJson, writePrivateJson} from './privateFile.ts'
import {newSecret} from './tokens.ts'

/**
 * `lake.json` in the data folder: the folder's own administrator token, and where the lake runs
 * while it does. Readable by its owner only, so that commands of the same person find the running
 * lake through the folder and nobody else does.
 */
export interface LocalFile {
  readonly token: string
  /** Where the lake runs; null when it does not, or when it ended without saying so. */
  readonly server: {readonly url: string; readonly pid: number} | null
}

const pathIn = (dataDir: string): string => join(dataDir, 'lake.json')

export const readLocalFile = (dataDir: string): LocalFile | null => {
  const value = readPrivateJson(pathIn(dataDir))
  if (!isJsonObject(value) || typeof value['token'] !== 'string') return null
  const {token, server} = value
  if (!isJsonObject(server)) return {token, server: null}
  const {url, pid} = server
  return typeof url === 'string' && typeof pid === 'number'
    ? {token, server: {url, pid}}
    : {token, server: null}
}

/** The folder's token, made on first use. */
export const localToken = (dataDir: string): string => {
  const existing = readLocalFile(dataDir)
  if (existing !== null) return existing.token
  const token = newSecret()
  writePrivateJson(pathIn(dataDir), {token, server: null})
  return token
}

/** Says in the folder where the lake runs, or, with null, that it does not any more. */
export const announceServer = (dataDir: string, server: LocalFile['server']): void => {
  writePrivateJson(pathIn(dataDir), {token: localToken(dataDir), server})
}

/**
 * How a lake shows that it is the one of a data folder without saying the folder's token: whoever
 * took over the port of a lake that is gone cannot answer a fresh challenge.
 */
export const challengeResponse = (token: string, challenge: string): string =>
  createHmac('sha256', token).update(challenge).digest('hex')
