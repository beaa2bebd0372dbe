/** Every asset document has its bytes, and the bytes in an asset file match its hash. */
import {createHash} from 'node:crypto'
import {existsSync, readdirSync, readFileSync, statSync} from 'node:fs'
import {join} from 'node:path'

import type {StoredFile} from './storedFile.ts'

/** @param known files that were read before, with their times, because bytes never change */
export const checkAssets = (
  folder: string,
  stored: StoredFile,
  known: Map<string, number>,
  say: (problem: string) => void,
): void => {
  for (const kind of ['file', 'image'] as const) {
    const assets = join(folder, 'assets', `${kind}s`)
    const names = existsSync(assets) ? readdirSync(assets) : []
    for (const name of names) {
      const path = join(assets, name)
      const {mtimeMs} = statSync(path)
      if (known.get(path) === mtimeMs) continue
      const sha1 = createHash('sha1').update(readFileSync(path)).digest('hex')
      if (!name.startsWith(sha1)) say(`${path} holds bytes with the hash ${sha1}`)
      known.set(path, mtimeMs)
    }
    for (const id of stored.documents.keys()) {
      const [, sha1] = new RegExp(`^${kind}-([0-9a-f]{40})-`).exec(id) ?? []
      if (sha1 !== undefined && !names.some((name) => name.startsWith(sha1)))
        say(`${id} has no bytes`)
    }
  }
}
