/**
 * Where a packed file may be unpacked. The names in an archive cannot be trusted: they may lead out of
 * the folder, or not be valid names.
 */
import {join, normalize, sep} from 'node:path'

/** Undefined for a name that would leave the folder, or that some system reads in another way. */
export function safePath(folder: string, name: string): string | undefined {
  const parts = name.split(/[/\\]/)
  const isWrong =
    name === '' ||
    name.includes('\0') ||
    /^[/\\]|^[A-Za-z]:/.test(name) ||
    parts.some((part) => part === '..' || part.length > 255)
  if (isWrong) return undefined
  const path = normalize(join(folder, ...parts))
  return path.startsWith(normalize(folder) + sep) ? path : undefined
}

/** Limits against archives that are made to fill a disk. */
export const LIMITS = {
  /** Of one file, unpacked. */
  entryBytes: 4 * 2 ** 30,
  /** Of all files of one archive. */
  totalBytes: 40 * 2 ** 30,
  entries: 1_000_000,
  /** Unpacked to packed, for files above `ratioFrom` bytes: text reaches about 20. */
  ratio: 100,
  ratioFrom: 2 ** 20,
} as const

export type Limits = {readonly [Name in keyof typeof LIMITS]: number}
