/**
 * A cache of transformed images on disk. An image depends only on the asset and the transformation, so
 * it never becomes stale; the cache in memory holds the sizes of the files by key.
 *
 * The folder may be deleted at any time, even while the lake runs.
 */
import {randomUUID} from 'node:crypto'
import {mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile} from 'node:fs/promises'
import {join} from 'node:path'

import {type Cache, createCache} from '../../core/cache/cache.ts'

export interface DerivedImages {
  /**
   * The image with this key (a file name), rendered if it is not cached. Concurrent requests for one key
   * share one rendering.
   * @param render Its signal is aborted when all clients of this image have gone away.
   * @param signal Aborted when this client goes away.
   */
  get(
    key: string,
    render: (signal: AbortSignal) => Promise<Uint8Array>,
    signal: AbortSignal,
  ): Promise<Uint8Array>
  /** Writes nothing from now on. */
  close(): void
}

/** @param limit Bytes on disk. */
export const openDerivedImages = (folder: string, limit: number): DerivedImages => {
  const making = new Map<string, Making>()
  let opened: Promise<Cache<number>> | undefined
  /** Keys whose files are to be removed. */
  const evicted: string[] = []
  let isClosed = false

  /** Sizes by key, least recently used first: the file's time is the time of its last use. */
  const open = async (): Promise<Cache<number>> => {
    await mkdir(folder, {recursive: true, mode: 0o700})
    const found = await Promise.all(
      (await readdir(folder)).map(async (key) => {
        const {size, mtimeMs} = await stat(join(folder, key))
        return {key, size, mtimeMs}
      }),
    )
    const torn = found.filter(({key}) => key.endsWith('.part'))
    await Promise.all(torn.map(({key}) => rm(join(folder, key), {force: true})))
    const whole = found.filter(({key}) => !key.endsWith('.part'))
    const sizes = createCache<number>('images', {
      bytes: limit,
      onEvict: (key) => void evicted.push(key),
    })
    for (const {key, size} of whole.toSorted((one, other) => one.mtimeMs - other.mtimeMs)) {
      if (size > limit) evicted.push(key)
      else sizes.set(key, size, size)
    }
    return sizes
  }

  const ready = (): Promise<Cache<number>> =>
    (opened ??= open().catch((error: unknown) => {
      opened = undefined
      throw error
    }))

  const removeEvicted = async (): Promise<void> => {
    for (const key of evicted.splice(0)) await rm(join(folder, key), {force: true})
  }

  const keep = async (key: string, bytes: Uint8Array): Promise<void> => {
    if (isClosed) return
    const sizes = await ready()
    const temporary = join(folder, `${randomUUID()}.part`)
    await mkdir(folder, {recursive: true, mode: 0o700})
    await writeFile(temporary, bytes, {flush: true, mode: 0o600})
    await rename(temporary, join(folder, key))
    sizes.set(key, bytes.byteLength, bytes.byteLength)
    await removeEvicted()
  }

  const use = async (key: string): Promise<Uint8Array | undefined> => {
    const sizes = await ready()
    const path = join(folder, key)
    const bytes = await readFile(path).catch(() => undefined)
    if (bytes === undefined) {
      sizes.delete(key)
      return undefined
    }
    // Marks it as used.
    if (sizes.get(key) === undefined) sizes.set(key, bytes.byteLength, bytes.byteLength)
    const now = new Date()
    await utimes(path, now, now).catch(() => undefined)
    return bytes
  }

  const make = async (key: string, render: () => Promise<Uint8Array>): Promise<Uint8Array> => {
    if (isClosed) return render()
    // On a full or read-only disk images are still rendered, only not cached.
    const kept = await use(key).catch(() => undefined)
    if (kept) return kept
    const bytes = await render()
    if (bytes.byteLength <= limit) await keep(key, bytes).catch(() => undefined)
    return bytes
  }

  return {
    close: () => void (isClosed = true),
    async get(key, render, signal) {
      let entry = making.get(key)
      if (entry === undefined || entry.controller.signal.aborted) {
        const controller = new AbortController()
        const image = make(key, () => render(controller.signal))
        const begun: Making = {image, controller, waiting: 0}
        making.set(key, begun)
        const end = (): void => {
          if (making.get(key) === begun) making.delete(key)
        }
        image.then(end, end)
        entry = begun
      }
      const {image, controller} = entry
      const joined = entry
      joined.waiting += 1
      const leave = (): void => {
        joined.waiting -= 1
        if (joined.waiting === 0) controller.abort()
      }
      if (signal.aborted) leave()
      else signal.addEventListener('abort', leave)
      try {
        return await image
      } finally {
        signal.removeEventListener('abort', leave)
      }
    },
  }
}

/** An image that is being rendered, and the number of clients that wait for it. */
interface Making {
  readonly image: Promise<Uint8Array>
  readonly controller: AbortController
  waiting: number
}
