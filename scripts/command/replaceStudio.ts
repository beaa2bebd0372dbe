import {copyFile, mkdir, readdir, readFile, rename, rm, writeFile} from 'node:fs/promises'
import {join} from 'node:path'

/** The folder of a built Studio whose files are named by their content. */
const ASSETS = 'static'

/** Name of the file that lists the assets that a Studio only keeps for pages of the one before. */
const KEPT = 'kept.json'

/**
 * Puts a fresh Studio in the place of the one there. What the former one loads bit by bit stays, so
 * that a page which an editor has open goes on; what that one kept in its turn goes.
 * @param fresh Folder of the new Studio; it is moved.
 */
export const replaceStudio = async (fresh: string, place: string): Promise<void> => {
  const present = new Set(await namesIn(join(fresh, ASSETS)))
  const keptBefore = new Set(await keptIn(place))
  const kept = (await namesIn(join(place, ASSETS))).filter(
    (name) => !present.has(name) && !keptBefore.has(name),
  )
  await mkdir(join(fresh, ASSETS), {recursive: true})
  for (const name of kept) await copyFile(join(place, ASSETS, name), join(fresh, ASSETS, name))
  await writeFile(join(fresh, KEPT), JSON.stringify(kept))
  await rm(place, {recursive: true, force: true})
  await rename(fresh, place)
}

/** Names of the files in a folder; none where there is no folder. */
const namesIn = async (folder: string): Promise<string[]> => {
  try {
    const entries = await readdir(folder, {withFileTypes: true})
    return entries.filter((entry) => entry.isFile()).map(({name}) => name)
  } catch {
    return []
  }
}

const keptIn = async (studio: string): Promise<string[]> => {
  try {
    const names: unknown = JSON.parse(await readFile(join(studio, KEPT), 'utf8'))
    return Array.isArray(names) ? names.filter((name) => typeof name === 'string') : []
  } catch {
    return []
  }
}
