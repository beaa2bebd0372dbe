import {randomUUID} from 'node:crypto'
import {existsSync, readdirSync, renameSync, rmSync, statSync} from 'node:fs'
import {rm} from 'node:fs/promises'
import {join} from 'node:path'

import {makePrivateFolder, syncFolder} from '../access/privateFile.ts'

/**
 * Where the datasets' files are, and how a dataset comes and goes so that a crash between two
 * steps leaves either what was or what was asked for. Every step is one rename:
 *
 *     datasets/<name>/                   a dataset
 *     datasets/.building~<name>~<id>/    one that is being made; it goes when a lake starts
 *     datasets/.ready~<name>~<id>/       a whole one; it takes its place when the project lists it
 *     datasets/.deleted~<name>~<id>/     one that goes, and its place in the project with it
 *     datasets/.emptied~<name>~<id>/     the former content of one that stays
 *
 * No name of a dataset begins with a dot.
 */
export interface DatasetFolders {
  of(name: string): string
  exists(name: string): boolean
  /** An empty folder to make a dataset in. */
  build(name: string): string
  /** Says that what was built is whole and on the disk. @returns Where it is now. */
  finish(built: string): string
  /**
   * Gives a finished folder its name.
   * @throws When something has the name: what is there is never replaced.
   */
  place(finished: string, name: string): void
  /** Takes a dataset's folder away. @returns Where it is now, or null when there was none. */
  takeAway(name: string, as: 'deleted' | 'emptied'): string | null
  /** Removes what was built or taken away. */
  discard(folder: string): Promise<void>
  /**
   * Finishes what a process began that ended in the middle.
   * @returns The names whose deletion had begun.
   */
  recover(isListed: (name: string) => boolean): readonly string[]
}

/** Documents and their history. */
export const DATASET_FILE = 'documents.sqlite'

/** Where a dataset's file and its assets are. */
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

  const place: DatasetFolders['place'] = (finished, name) => {
    if (exists(name)) {
      throw new Error(
        `${of(name)} is there, though the project has no such dataset. ` +
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
    discard: (folder) => rm(folder, {recursive: true, force: true}),
    recover: (isListed) => {
      const deleted: string[] = []
      const parts = (existsSync(root) ? readdirSync(root) : []).flatMap((entry) => {
        const [, kind, name] = PART.exec(entry) ?? []
        return kind === undefined || name === undefined ? [] : [{entry, kind, name}]
      })
      for (const {entry, kind, name} of parts) {
        if (!isListed(name) || exists(name)) continue
        if (kind === 'ready') place(join(root, entry), name)
        if (kind === 'deleted') deleted.push(name)
      }
      for (const {entry} of parts) rmSync(join(root, entry), {recursive: true, force: true})
      return deleted
    },
  }
}
