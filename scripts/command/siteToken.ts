/** The token with which the site of `npm start` reads drafts for previews: a viewer's. */
import {readFile, writeFile} from 'node:fs/promises'
import {join} from 'node:path'

import type {Lake} from '@copydesk/lake'

/** Beside the lake's data, so that each start does not add another token. */
const FILE = 'site-token'

/** The token of the last start if the lake still knows it, or a new one. */
export const siteToken = async (lake: Lake, dataDir: string): Promise<string> => {
  const file = join(dataDir, FILE)
  const kept = await readFile(file, 'utf8').catch(() => '')
  if (kept !== '' && (await isKnown(lake, kept))) return kept
  const token = lake.createToken('Site previews', 'viewer')
  await writeFile(file, token, {mode: 0o600})
  return token
}

const isKnown = async (lake: Lake, token: string): Promise<boolean> => {
  const headers = {authorization: `Bearer ${token}`}
  const request = new Request('http://localhost/v2021-06-07/users/me', {headers})
  const {role}: {role?: unknown} = await (await lake.fetch(request)).json()
  return role === 'viewer'
}
