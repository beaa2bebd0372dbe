/**
 * What the user names → files that can be read: folders are walked, `.zip` and `.tar.gz` are unpacked
 * into the work folder, links are not followed. The kind of a file follows from its content.
 */
import {createHash} from 'node:crypto'
import {mkdir, open, readdir, stat} from 'node:fs/promises'
import {basename, join} from 'node:path'

import {Refusal} from '../../seed/parse/refusal.ts'
import type {Entry, Head} from '../formats/format.ts'
import {unpackTarGz} from './unpackTarGz.ts'
import {unpackZip} from './unpackZip.ts'

export interface OpenArchive {
  /** Sorted by path, so that the order in which the user names them changes nothing. */
  readonly entries: readonly ArchiveEntry[]
  readonly refused: readonly Refusal[]
}

export interface ArchiveEntry extends Entry {
  /** Whether the user named this file itself: then it must be readable. */
  readonly isNamed: boolean
}

const HEAD_BYTES = 64 * 1024

/** `workFolder` exists and is the caller's to remove. */
export async function openArchive(
  paths: readonly string[],
  workFolder: string,
): Promise<OpenArchive> {
  const entries = new Map<string, ArchiveEntry>()
  const refused: Refusal[] = []
  for (const path of paths) {
    const found = await stat(path).catch(() => undefined)
    if (!found) {
      refused.push(new Refusal(path, 0, 'a file or folder', 'nothing by that name'))
    } else if (found.isDirectory()) {
      for await (const entry of filesIn(path, path)) entries.set(entry.file, entry)
    } else {
      const file = {path, file: path, size: found.size, isNamed: true}
      const unpack = packingOf(await readHeadBytes(path))
      if (!unpack) {
        entries.set(path, file)
        continue
      }
      const folder = join(workFolder, createHash('sha256').update(path).digest('hex').slice(0, 12))
      await mkdir(folder, {recursive: true})
      try {
        refused.push(...(await unpack(path, folder)))
        for await (const entry of filesIn(folder, basename(path))) entries.set(entry.file, entry)
      } catch (error) {
        if (!(error instanceof Refusal)) throw error
        refused.push(error)
      }
    }
  }
  return {
    entries: [...entries.values()].toSorted((a, b) => (a.path < b.path ? -1 : 1)),
    refused,
  }
}

async function* filesIn(folder: string, shown: string): AsyncIterable<ArchiveEntry> {
  const found = await readdir(folder, {withFileTypes: true})
  for (const one of found.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const file = join(folder, one.name)
    const path = join(shown, one.name)
    if (one.isDirectory()) yield* filesIn(file, path)
    // Files of the system, such as .DS_Store, and links are passed over.
    else if (one.isFile() && !one.name.startsWith('.')) {
      yield {path, file, size: (await stat(file)).size, isNamed: false}
    }
  }
}

type Unpack = (path: string, folder: string) => Promise<Refusal[]>

function packingOf(head: Uint8Array): Unpack | undefined {
  const [a, b, c, d] = head
  if (a === 0x50 && b === 0x4b && (c === 3 || c === 5) && (d === 4 || d === 6)) return unpackZip
  if (a === 0x1f && b === 0x8b) return unpackTarGz
  return undefined
}

/** The beginning of a file as text; empty for a file that is not text. */
export async function readHead(file: string): Promise<Head> {
  const bytes = await readHeadBytes(file)
  if (bytes.includes(0)) return {text: ''}
  // The last character may be cut in two; that does not mean another encoding.
  return {text: new TextDecoder('utf-8', {ignoreBOM: true}).decode(bytes)}
}

async function readHeadBytes(file: string): Promise<Uint8Array> {
  const handle = await open(file)
  try {
    const {buffer, bytesRead} = await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await handle.close()
  }
}
