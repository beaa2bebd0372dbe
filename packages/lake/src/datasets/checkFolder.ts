/**
 * `lake check`: checks all datasets in a data folder (files, indexes, history, asset bytes), and repairs
 * derived data on request.
 */
import {createHash} from 'node:crypto'
import {createReadStream, existsSync, statSync} from 'node:fs'
import {cp, mkdir} from 'node:fs/promises'
import {join} from 'node:path'
import {pipeline} from 'node:stream/promises'

import {openProject} from '../access/project.ts'
import {openAssetFiles} from '../assets/assetFiles.ts'
import {assetFileName, parseAssetName} from '../assets/assetName.ts'
import {FixableError} from '../core/errors.ts'
import {checkDataset} from '../store/check/checkDataset.ts'
import {type Finding, finding} from '../store/check/finding.ts'
import {rebuildDerived} from '../store/check/rebuildDerived.ts'
import {prepareSchema} from '../store/file/schema.ts'
import {type Connection, connect, textOf} from '../store/file/sqliteConnection.ts'
import {DATASET_FILE, datasetFolder, openDatasetFolders} from './datasetFolders.ts'
import {lockFolder} from './folderLock.ts'

export interface CheckOptions {
  /** Checks only this dataset. */
  readonly dataset?: string | undefined
  /** Rebuilds data that is derived from documents, if it is wrong. */
  readonly repair?: boolean
  /** Called often with the progress. */
  readonly onProgress?: (dataset: string, what: string, done: number, total: number) => void
  /** Milliseconds since 1970. */
  readonly now?: () => number
}

export interface CheckedDataset {
  readonly name: string
  /** What is wrong now, after a repair. */
  readonly findings: readonly Finding[]
  /** Number of findings that the repair fixed. */
  readonly repaired: number
  /** Folder with the dataset's files from before the repair. */
  readonly backup: string | null
}

/** Why a check cannot run; the message is for users. */
class CheckError extends FixableError {
  override readonly name = 'CheckError'
}

/** @throws CheckError if the folder has no lake, for an unknown dataset, and for a repair while a lake runs. */
export const checkFolder = async (
  dataDir: string,
  options: CheckOptions = {},
): Promise<readonly CheckedDataset[]> => {
  const project = join(dataDir, 'project.json')
  if (!existsSync(project))
    throw new CheckError(`${project} is missing: the folder has no lake to check.`)
  const unlock = options.repair ? lockFolder(dataDir) : () => {}
  if (unlock === null) {
    throw new CheckError(`A lake runs on ${dataDir}. Stop it before its datasets are repaired.`)
  }
  try {
    const {datasets} = openProject(project).read()
    const wanted = datasets.filter(({name}) => name === (options.dataset ?? name))
    if (options.dataset !== undefined && wanted.length === 0) {
      throw new CheckError(`${dataDir} has no dataset "${options.dataset}".`)
    }
    const checked: CheckedDataset[] = []
    for (const {name, hasFile} of wanted) {
      checked.push(await checkOne(dataDir, name, hasFile, options))
    }
    return checked
  } finally {
    unlock()
  }
}

const checkOne = async (
  dataDir: string,
  name: string,
  hasFile: boolean,
  options: CheckOptions,
): Promise<CheckedDataset> => {
  const nothing = {name, repaired: 0, backup: null}
  // A process that was killed while it created or deleted the dataset; the next start goes on.
  const unfinished = openDatasetFolders(dataDir).unfinished(name)
  if (unfinished?.kind === 'deleted') return {...nothing, findings: []}
  const folder = unfinished?.folder ?? datasetFolder(dataDir, name)
  const file = join(folder, DATASET_FILE)
  const size = statSync(file, {throwIfNoEntry: false})?.size ?? 0
  if (size === 0) {
    // Earlier lakes created the file when the dataset was first used.
    if (!hasFile && !existsSync(folder)) return {...nothing, findings: []}
    const message = `${file} is missing or empty. Restore it from a snapshot.`
    return {...nothing, findings: [finding('file', message, false)]}
  }
  const look = (): readonly Finding[] => lookAt(name, file, options)
  const before = look()
  const assets = await checkAssets(name, folder, file, options)
  if (!options.repair || !before.some(({isDerived}) => isDerived)) {
    return {...nothing, findings: [...before, ...assets]}
  }
  const backup = await backUp(dataDir, name, file, options.now ?? Date.now)
  const connection = connect(file, {subject: `the dataset "${name}"`})
  try {
    prepareSchema(connection, file)
    rebuildDerived(connection, (done, total) =>
      options.onProgress?.(name, 'documents rebuilt', done, total),
    )
  } finally {
    connection.close()
  }
  const after = look()
  const repaired = Math.max(before.length - after.length, 0)
  return {name, findings: [...after, ...assets], repaired, backup}
}

const lookAt = (name: string, file: string, {onProgress}: CheckOptions): readonly Finding[] => {
  let connection: Connection | undefined
  try {
    connection = connect(file, {readOnly: true, subject: `the dataset "${name}"`})
    return checkDataset(connection, (done, total) =>
      onProgress?.(name, 'documents checked', done, total),
    )
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    return [finding('file', `${file} cannot be read: ${reason}`, false)]
  } finally {
    connection?.close()
  }
}

/** Copies the dataset's file with SQLite's log. */
const backUp = async (
  dataDir: string,
  name: string,
  file: string,
  now: () => number,
): Promise<string> => {
  const time = new Date(now()).toISOString().replaceAll(/[:.]/g, '-')
  const folder = join(dataDir, 'before-repair', `${name}-${time}`)
  await mkdir(folder, {recursive: true, mode: 0o700})
  for (const suffix of ['', '-wal']) {
    if (existsSync(file + suffix)) await cp(file + suffix, join(folder, DATASET_FILE + suffix))
  }
  return folder
}

/** Compares the bytes of assets with their names, and finds asset documents without bytes. */
const checkAssets = async (
  name: string,
  folder: string,
  file: string,
  {onProgress}: CheckOptions,
): Promise<readonly Finding[]> => {
  const assets = openAssetFiles(join(folder, 'assets'))
  const findings: Finding[] = []
  const stored = new Set<string>()
  const all = await assets.list()
  for (const [index, asset] of all.entries()) {
    const found = await assets.find(asset)
    stored.add(assetFileName(asset))
    const sha1 = found && (await sha1Of(found.path))
    if (found && sha1 !== asset.sha1) {
      const message = `The bytes of ${found.path} do not match its name, which is their SHA-1 hash.`
      findings.push(finding('assets', message, false))
    }
    onProgress?.(name, 'assets checked', index + 1, all.length)
  }
  for (const [id, path] of assetDocuments(file)) {
    const [kind, , , fileName = ''] = path.split('/')
    const asset = parseAssetName(kind === 'images' ? 'image' : 'file', fileName)
    if (asset && path.includes(`/${name}/`) && !stored.has(fileName)) {
      findings.push(finding('assets', `The bytes of ${id} (${fileName}) are missing.`, false))
    }
  }
  return findings
}

const assetDocuments = (file: string): readonly (readonly [string, string])[] => {
  let connection: Connection | undefined
  try {
    connection = connect(file, {readOnly: true})
    return connection
      .all(
        `SELECT grp, json_extract(json, '$.path') FROM document JOIN body USING (number)
         WHERE type IN ('sanity.imageAsset', 'sanity.fileAsset') AND layer = ''
           AND json_valid(json) AND json_type(json, '$.path') = 'text'`,
      )
      .map((row) => [textOf(row[0]), textOf(row[1])])
  } catch {
    // The check of the file reports the error.
    return []
  } finally {
    connection?.close()
  }
}

const sha1Of = async (path: string): Promise<string> => {
  const hash = createHash('sha1')
  await pipeline(createReadStream(path), hash)
  return hash.digest('hex')
}
