/** The last step of building the Studio: puts the new build in the place of the old one. */
import {copyFile, mkdir, readdir, readFile, rename, rm, writeFile} from 'node:fs/promises'
import {join} from 'node:path'

/** The folder of a built Studio whose file names contain a hash of their content. */
const ASSETS = 'static'

/** The file that lists assets kept only for open pages of the previous build. */
const KEPT = 'kept.json'

/**
 * Replaces the Studio with a new build. The previous build's lazily loaded files stay, so that a
 * page an editor has open keeps working; those of the build before that are removed.
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

/** The names of the files in a folder; empty if there is no folder. */
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
