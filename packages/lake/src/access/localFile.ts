/**
 * `lake.json` in the data folder: the folder's administrator token and the address of the running
 * lake. Only the owner can read it, so that commands of the same user find the running lake, and
 * other users cannot.
 */
import {createHmac} from 'node:crypto'
import {join} from 'node:path'

import {isJsonObject} from '../core/document.ts'
import {readPrivateJson, writePrivateJson} from './privateFile.ts'
import {newSecret} from './tokens.ts'

export interface LocalFile {
  readonly token: string
  /** Address and process of the running lake; null after a normal end. */
  readonly server: LocalServer | null
}

interface LocalServer {
  readonly url: string
  readonly pid: number
  /** Where clients reach it, if that is elsewhere: a proxy's address. */
  readonly publicUrl?: string
}

const pathIn = (dataDir: string): string => join(dataDir, 'lake.json')

export const readLocalFile = (dataDir: string): LocalFile | null => {
  const value = readPrivateJson(pathIn(dataDir))
  if (!isJsonObject(value) || typeof value['token'] !== 'string') return null
  const {token, server} = value
  if (!isJsonObject(server)) return {token, server: null}
  const {url, pid, publicUrl} = server
  if (typeof url !== 'string' || typeof pid !== 'number') return {token, server: null}
  return {token, server: {url, pid, ...(typeof publicUrl === 'string' && {publicUrl})}}
}

/** The folder's token; created at first use. */
export const localToken = (dataDir: string): string => {
  const existing = readLocalFile(dataDir)
  if (existing !== null) return existing.token
  const token = newSecret()
  writePrivateJson(pathIn(dataDir), {token, server: null})
  return token
}

/** Writes the lake's address to the folder, or with null, that it no longer runs. */
export const announceServer = (dataDir: string, server: LocalFile['server']): void => {
  writePrivateJson(pathIn(dataDir), {token: localToken(dataDir), server})
}

/**
 * Proves that a lake belongs to a data folder without revealing the folder's token: another program
 * that took over the port cannot answer a new challenge.
 */
export const challengeResponse = (token: string, challenge: string): string =>
  createHmac('sha256', token).update(challenge).digest('hex')
