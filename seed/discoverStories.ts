/**
 * Finds the story files for the paths a user names: files as given, folders searched for `.txt`.
 */
import {readdir, stat} from 'node:fs/promises'
import {join, resolve} from 'node:path'

import {Refusal} from './parse/refusal.ts'

export interface DiscoveredFiles {
  /** Each file once; within a folder, sorted by name. */
  readonly files: readonly string[]
  readonly refused: readonly Refusal[]
}

export async function discoverStories(paths: readonly string[]): Promise<DiscoveredFiles> {
  const files = new Map<string, string>()
  const add = (file: string): unknown => files.set(resolve(file), join(file))
  const refused: Refusal[] = []
  for (const path of paths) {
    const found = await stat(path).catch(() => undefined)
    if (found?.isDirectory()) {
      for (const file of await textFilesIn(path)) add(file)
    } else if (found) {
      add(path)
    } else {
      refused.push(new Refusal(path, 0, 'a file or folder', 'nothing by that name'))
    }
  }
  return {files: [...files.values()], refused}
}

/** Links to folders are not followed, because one may lead back to its own folder. */
async function textFilesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, {withFileTypes: true})
  const found = entries.map((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return textFilesIn(path)
    return entry.name.toLowerCase().endsWith('.txt') ? [path] : []
  })
  return (await Promise.all(found)).flat().toSorted()
}
