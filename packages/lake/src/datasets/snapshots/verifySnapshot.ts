/**
 * Verifies a snapshot before it is restored: it must be complete and contain nothing else. It may come
 * from an untrusted source, so nothing in it is taken for granted.
 */
import {createHash} from 'node:crypto'
import {createReadStream, existsSync, lstatSync, readdirSync} from 'node:fs'
import {join} from 'node:path'
import {pipeline} from 'node:stream/promises'

import {readPrivateJson} from '../../access/privateFile.ts'
import {openProject, type Project} from '../../access/project.ts'
import {parseAssetName} from '../../assets/assetName.ts'
import {isJsonObject} from '../../core/document.ts'
import {isDatasetName} from '../../core/ids.ts'
import {describeSchema, datasetFileFault} from '../../store/file/datasetFile.ts'
import {openDataset} from '../../store/openDataset.ts'
import {assetsOf} from '../assetDocuments.ts'
import {DATASET_FILE, datasetFolder} from '../datasetFolders.ts'
import {CONTENTS_FILE, KINDS, PROJECT_FILE, SnapshotError} from './snapshot.ts'

/** A dataset in a snapshot. */
export interface SnapshotDataset {
  readonly name: string
  /** File names with their folder: `images/<sha1>-1x1.png`. */
  readonly assets: readonly string[]
}

export interface SnapshotContents {
  readonly project: Project
  readonly datasets: readonly SnapshotDataset[]
}

/**
 * Reads the list of contents and checks that every part exists. Opens no database.
 * @throws SnapshotError that names what is missing or does not belong there.
 */
export const readSnapshot = (folder: string): SnapshotContents => {
  if (!existsSync(join(folder, PROJECT_FILE)))
    throw new SnapshotError(`${folder} is not a complete snapshot: it has no ${PROJECT_FILE}.`)
  demandPlain(join(folder, PROJECT_FILE), 'file')
  const project = openProject(join(folder, PROJECT_FILE)).read()
  const root = join(folder, 'datasets')
  const names = project.datasets.map(({name}) => name)
  for (const name of names) {
    if (!isDatasetName(name)) {
      throw new SnapshotError(`${folder}: ${JSON.stringify(name)} cannot name a dataset.`)
    }
  }
  if (new Set(names.map((name) => name.toLowerCase())).size < names.length) {
    throw new SnapshotError(`${folder}: two datasets have the same name.`)
  }
  if (existsSync(root)) {
    demandPlain(root, 'folder')
    const other = readdirSync(root).find((name) => !names.includes(name))
    if (other !== undefined) {
      throw new SnapshotError(`${join(root, other)} is not a dataset of ${PROJECT_FILE}.`)
    }
  }
  const datasets = names.map((name) => ({name, assets: readDataset(folder, name)}))
  demandListed(folder, datasets)
  return {project, datasets}
}

const readDataset = (folder: string, name: string): string[] => {
  const home = datasetFolder(folder, name)
  demandPlain(home, 'folder')
  demandPlain(join(home, DATASET_FILE), 'file')
  const assets = join(home, 'assets')
  if (!existsSync(assets)) return []
  demandPlain(assets, 'folder')
  return KINDS.flatMap(([kind, kinds]) => {
    if (!existsSync(join(assets, kinds))) return []
    demandPlain(join(assets, kinds), 'folder')
    return readdirSync(join(assets, kinds)).map((file) => {
      demandPlain(join(assets, kinds, file), 'file')
      if (parseAssetName(kind, file) === undefined) {
        throw new SnapshotError(`${join(assets, kinds, file)} is not an asset.`)
      }
      return `${kinds}/${file}`
    })
  })
}

/** Rejects symbolic links, which could read or write files elsewhere. */
const demandPlain = (path: string, what: 'file' | 'folder'): void => {
  const stat = lstatSync(path, {throwIfNoEntry: false})
  if (stat === undefined)
    throw new SnapshotError(`${path} is missing. The snapshot is not complete.`)
  if (what === 'file' ? stat.isFile() : stat.isDirectory()) return
  throw new SnapshotError(
    stat.isSymbolicLink()
      ? `${path} is a symbolic link. Snapshots have none, so this one was changed.`
      : `${path} is not a ${what}.`,
  )
}

/** Checks the list of contents, which snapshots of earlier lakes do not have. */
const demandListed = (folder: string, datasets: readonly SnapshotDataset[]): void => {
  const path = join(folder, CONTENTS_FILE)
  if (!existsSync(path)) return
  demandPlain(path, 'file')
  const contents = readPrivateJson(path)
  const listed = isJsonObject(contents) ? contents['assets'] : undefined
  if (!isJsonObject(listed))
    throw new SnapshotError(`${path} has no list of assets. The snapshot is damaged.`)
  for (const {name, assets} of datasets) {
    const wanted = listed[name]
    if (!Array.isArray(wanted)) throw new SnapshotError(`${path} does not list "${name}".`)
    const there = new Set(assets)
    for (const file of wanted) {
      if (there.has(String(file))) continue
      const missing = join(datasetFolder(folder, name), 'assets', String(file))
      throw new SnapshotError(`${missing} is missing. The snapshot is not complete.`)
    }
  }
}

/**
 * Opens the databases and reads every asset. Call it on a copy, because it migrates files of older
 * formats.
 * @returns The number of asset documents without bytes, which old snapshots may have.
 * @throws SnapshotError that names the damaged file.
 */
export const verifySnapshot = async (
  folder: string,
  {datasets}: SnapshotContents,
): Promise<number> => {
  let missing = 0
  for (const {name, assets} of datasets) {
    const home = datasetFolder(folder, name)
    const file = join(home, DATASET_FILE)
    const fault = datasetFileFault(file)
    if (fault !== null) throw new SnapshotError(`${file} is damaged: ${fault}.`)
    for (const asset of assets) {
      const path = join(home, 'assets', asset)
      const sha1 = createHash('sha1')
      await pipeline(createReadStream(path), sha1)
      if (!asset.includes(`/${sha1.digest('hex')}`)) {
        throw new SnapshotError(`${path} is damaged: its bytes do not match its name.`)
      }
    }
    missing += missingAssets(name, file, new Set(assets))
  }
  return missing
}

const missingAssets = (name: string, file: string, there: ReadonlySet<string>): number => {
  const expected = describeSchema(':memory:')
  const store = openDataset({name, file})
  try {
    if (describeSchema(file) !== expected) {
      throw new SnapshotError(`${file} does not have the tables of a dataset.`)
    }
    return assetsOf(store).filter(({path}) => {
      const [kinds, , dataset, asset] = typeof path === 'string' ? path.split('/') : []
      const kind = kinds === 'images' ? 'image' : 'file'
      const isOwn = dataset === name && parseAssetName(kind, asset ?? '') !== undefined
      return isOwn && !there.has(`${kinds}/${asset}`)
    }).length
  } finally {
    store.close()
  }
}
