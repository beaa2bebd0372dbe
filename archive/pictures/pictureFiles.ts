/**
 * Finds the file of a picture in the archive: beside its page, or at the end of the same path. Two
 * files that fit equally well are no match: a wrong picture is worse than none.
 */
import {dirname, posix} from 'node:path'

import type {Entry} from '../formats/format.ts'

export interface PictureFiles {
  /** `page` is the path of the story's file in the archive, as in its provenance. */
  find(address: string, page: string): Entry | undefined
}

const PICTURE = /\.(?:avif|gif|heic|jpe?g|png|svg|tiff?|webp)$/i

export function pictureFiles(entries: readonly Entry[]): PictureFiles {
  const pictures = entries.filter(({path}) => PICTURE.test(path))
  const paths = pictures.map(({path}) => path.replaceAll('\\', '/'))
  const byPath = new Map(pictures.map((entry, index) => [paths[index], entry]))
  const byName = Map.groupBy(paths, (path) => posix.basename(path))
  return {
    find(address, page) {
      const path = pathIn(address)
      if (path === undefined) return undefined
      const beside = posix.normalize(`${dirname(page.replaceAll('\\', '/'))}/${path}`)
      const own = byPath.get(beside)
      if (own && !address.startsWith('/')) return own
      const candidates = byName.get(posix.basename(path)) ?? []
      const ranked = candidates
        .map((one) => ({one, common: commonEnd(one, path)}))
        .toSorted((a, b) => b.common - a.common)
      const [best, next] = ranked
      // The name of a file alone says little: its folder must be the same.
      if (!best || best.common < 2 || next?.common === best.common) return undefined
      return byPath.get(best.one)
    },
  }
}

/** The path of an address, decoded; undefined if it has none. */
function pathIn(address: string): string | undefined {
  try {
    const written = URL.canParse(address)
      ? new URL(address).pathname
      : address.replace(/[?#].*$/, '')
    const path = decodeURIComponent(written)
    return path.includes('\0') || path === '' ? undefined : path
  } catch {
    return undefined
  }
}

/** How many of the last parts of two paths are equal. */
function commonEnd(a: string, b: string): number {
  const [one, other] = [a, b].map((path) => path.split('/').filter(Boolean).toReversed())
  if (!one || !other) return 0
  const different = one.findIndex((part, index) => part !== other[index])
  return different === -1 ? one.length : different
}
