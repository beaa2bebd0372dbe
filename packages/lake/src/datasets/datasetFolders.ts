/**
 * The folders of datasets on disk, and how one appears and disappears. Each step is one rename, so a
 * crash leaves either the old state or the new one.
 */
import {randomUUID} from 'node:crypto'
import {existsSync, readdirSync, renameSync, rmSync, statSync} from 'node:fs'
import {rm} from 'node:fs/promises'
import {join} from 'node:path'

import {makePrivateFolder, syncFolder} from '../access/privateFile.ts'

/**
 * The folders, and what the next start does with those that a crash leaves:
 *
 *     datasets/<name>/                   a dataset
 *     datasets/.building~<name>~<id>/    being created; deleted
 *     datasets/.ready~<name>~<id>/       complete; renamed to <name> if the project lists it
 *     datasets/.deleted~<name>~<id>/     being deleted; deleted, also from the project
 *     datasets/.emptied~<name>~<id>/     old content of a dataset that was emptied; deleted
 *
 * No dataset name begins with a dot.
 */
export interface DatasetFolders {
  of(name: string): string
  exists(name: string): boolean
  /** Creates an empty folder in which to create a dataset. */
  build(name: string): string
  /** Marks a built folder as complete, after a flush to disk. @returns Its new path. */
  finish(built: string): string
  /**
   * Renames a finished folder to the dataset's name.
   * @throws Error if the name exists; nothing is ever replaced.
   */
  place(finished: string, name: string): void
  /** Renames a dataset's folder out of the way. @returns Its new path, or null if it is missing. */
  takeAway(name: string, as: 'deleted' | 'emptied'): string | null
  /**
   * What a crash left of the creation or deletion of a dataset that has no folder now. The next start
   * completes it.
   */
  unfinished(
    name: string,
  ): {readonly kind: 'ready' | 'deleted'; readonly folder: string} | undefined
  /** Deletes a folder that was built or renamed out of the way. */
  discard(folder: string): Promise<void>
  /**
   * Completes what a crashed process began.
   * @returns The names whose deletion had begun.
   */
  recover(isListed: (name: string) => boolean): readonly string[]
}

/** Name of the SQLite file with a dataset's documents and history. */
export const DATASET_FILE = 'documents.sqlite'

/** The folder with a dataset's SQLite file and assets. */
export const datasetFolder = (dataDir: string, name: string): string =>
  join(dataDir, 'datasets', name)

const PART = /^\.(building|ready|deleted|emptied)~(.+)~[^~]+$/

export const openDatasetFolders = (dataDir: string): DatasetFolders => {
  const root = join(dataDir, 'datasets')
  const of = (name: string): string => datasetFolder(dataDir, name)
  const exists = (name: string): boolean => existsSync(of(name))
  const partOf = (kind: string, name: string): string =>
    join(root, `.${kind}~${name}~${randomUUID()}`)

  const move = (from: string, to: string): void => {
    renameSync(from, to)
    syncFolder(root)
  }

  const parts = () =>
    (existsSync(root) ? readdirSync(root) : []).flatMap((entry) => {
      const [, kind, name] = PART.exec(entry) ?? []
      return kind === undefined || name === undefined
        ? []
        : [{folder: join(root, entry), kind, name}]
    })

  const place: DatasetFolders['place'] = (finished, name) => {
    if (exists(name)) {
      throw new Error(
        `The folder ${of(name)} exists, but the project has no such dataset. ` +
          'Move it away, and try again.',
      )
    }
    move(finished, of(name))
  }

  return {
    of,
    exists,
    place,
    build: (name) => {
      const folder = partOf('building', name)
      makePrivateFolder(folder)
      return folder
    },
    finish: (built) => {
      for (const entry of readdirSync(built)) {
        const path = join(built, entry)
        if (statSync(path).isDirectory()) syncFolder(path)
      }
      syncFolder(built)
      const finished = built.replace('.building~', '.ready~')
      move(built, finished)
      return finished
    },
    takeAway: (name, as) => {
      if (!exists(name)) return null
      const away = partOf(as, name)
      move(of(name), away)
      return away
    },
    unfinished: (name) => {
      if (exists(name)) return undefined
      const left = parts().filter((part) => part.name === name)
      for (const kind of ['ready', 'deleted'] as const) {
        const found = left.find((part) => part.kind === kind)
        if (found) return {kind, folder: found.folder}
      }
      return undefined
    },
    discard: (folder) => rm(folder, {recursive: true, force: true}),
    recover: (isListed) => {
      const deleted: string[] = []
      const left = parts()
      for (const {folder, kind, name} of left) {
        if (!isListed(name) || exists(name)) continue
        if (kind === 'ready') place(folder, name)
        if (kind === 'deleted') deleted.push(name)
      }
      for (const {folder} of left) rmSync(folder, {recursive: true, force: true})
      return deleted
    },
  }
}
