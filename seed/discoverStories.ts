/** The story files behind the paths a user names: files as they are, folders searched for `.txt`. */
import {readdir, stat} from 'node:fs/promises'
import {join, resolve} from 'node:path'

import {Refusal} from './parse/refusal.ts'

export interface DiscoveredFiles {
  /** Each once, in the order of their names within a folder. */
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
      for (const name of await textFilesIn(path)) add(join(path, name))
    } else if (found) {
      add(path)
    } else {
      refused.push(new Refusal(path, 0, 'a file or folder', 'nothing by that name'))
    }
  }
  return {files: [...files.values()], refused}
}

async function textFilesIn(folder: string): Promise<string[]> {
  const names = await readdir(folder, {recursive: true})
  return names.filter((name) => name.toLowerCase().endsWith('.txt')).toSorted()
}
