/**
 * Stores the original bytes of one dataset's assets on disk. A file under its final name is always
 * complete: bytes are written to a temporary file, flushed, and renamed. Files are never changed.
 *
 *     <folder>/images/<sha1>-<width>x<height>.<ext>
 *     <folder>/files/<sha1>.<ext>
 *     <folder>/incoming/<process id>-<uuid>.part
 */
import {createHash, randomUUID} from 'node:crypto'
import {rmSync, statSync} from 'node:fs'
import {chmod, copyFile, link, mkdir, open, readdir, rename, rm, stat} from 'node:fs/promises'
import {dirname, join} from 'node:path'
import {isNativeError} from 'node:util/types'

import {payloadTooLarge, temporarilyUnavailable} from '../core/errors.ts'
import {assetFileName, type AssetKind, type AssetName, parseAssetName} from './assetName.ts'

/** A received file that is not an asset yet: call `keep` or `discard`. */
export interface ReceivedFile {
  readonly path: string
  readonly sha1: string
  readonly size: number
}

export interface StoredFile {
  readonly path: string
  readonly size: number
  /** Milliseconds since 1970. */
  readonly written: number
}

export interface AssetFiles {
  /** Writes a body to disk and hashes it. @throws LakeError 413 above `limit` bytes. */
  receive(body: AsyncIterable<Uint8Array>, limit: number): Promise<ReceivedFile>
  /** Makes a received file an asset; durable when this resolves. */
  keep(received: ReceivedFile, asset: AssetName): Promise<void>
  discard(received: ReceivedFile): Promise<void>
  find(asset: AssetName): Promise<StoredFile | undefined>
  list(): Promise<AssetName[]>
  /**
   * Keeps the bytes of an asset whose document is about to be created from being removed.
   * @returns A function that releases them.
   */
  hold(asset: AssetName): () => void
  /**
   * Removes an asset's bytes, unless they were written since `before` (milliseconds since 1970), are
   * held, or are needed according to `isNeeded`. Check and removal are one synchronous step.
   * @returns Whether they were removed.
   */
  removeUnless(asset: AssetName, before: number, isNeeded: () => boolean): boolean
  /** Copies every asset to `target`, as hard links where the file system has them. */
  copyTo(target: AssetFiles): Promise<void>
  /** Adds a file from another folder as an asset. */
  adopt(path: string, asset: AssetName): Promise<void>
  /** The folder is about to be removed: uploads fail with 503. Reading is still possible. */
  close(): void
}

const KINDS: readonly AssetKind[] = ['image', 'file']

const isMissing = (error: unknown): boolean =>
  isNativeError(error) && 'code' in error && error.code === 'ENOENT'

const namesIn = async (folder: string): Promise<string[]> => {
  try {
    return await readdir(folder)
  } catch (error) {
    if (isMissing(error)) return []
    throw error
  }
}

const isRunning = (pid: number): boolean => {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return isNativeError(error) && 'code' in error && error.code === 'EPERM'
  }
}

/** A rename is durable only when its folder is synced; Windows has no such call and needs none. */
const syncFolder = async (folder: string): Promise<void> => {
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  await handle.sync().finally(() => handle.close())
}

/** Writes a new file that is on disk when this resolves. */
const write = async (path: string, chunks: AsyncIterable<Uint8Array>): Promise<void> => {
  const handle = await open(path, 'wx', 0o600)
  try {
    for await (const chunk of chunks) await handle.writeFile(chunk)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

const copyPrivately = async (from: string, to: string): Promise<void> => {
  await copyFile(from, to)
  await chmod(to, 0o600)
}

/** Opens the folder of one dataset, which is created with the first asset. */
export const openAssetFiles = (folder: string): AssetFiles => {
  const incoming = join(folder, 'incoming')
  const folderOf = (kind: AssetKind): string => join(folder, `${kind}s`)
  const pathOf = (asset: AssetName): string => join(folderOf(asset.kind), assetFileName(asset))
  const temporaryPath = (): string => join(incoming, `${process.pid}-${randomUUID()}.part`)
  let prepared: Promise<void> | undefined
  let isClosed = false
  /** Number of uploads that are about to create a document for a file, by path. */
  const held = new Map<string, number>()
  const requireOpen = (): void => {
    if (isClosed) {
      throw temporarilyUnavailable(
        'The dataset was closed or emptied before the asset arrived. Send it again.',
      )
    }
  }
  /** Reports 503 for work that failed because the folder was removed. */
  const whileOpen = async <T>(work: () => Promise<T>): Promise<T> => {
    requireOpen()
    try {
      return await work()
    } catch (error) {
      requireOpen()
      throw error
    }
  }

  /** Removes files that a process which has ended left behind; this process has no uploads yet. */
  const prepare = async (): Promise<void> => {
    await mkdir(incoming, {recursive: true, mode: 0o700})
    await Promise.all(KINDS.map((kind) => mkdir(folderOf(kind), {recursive: true, mode: 0o700})))
    await Promise.all([folder, dirname(folder)].map(syncFolder))
    const leftovers = (await namesIn(incoming)).filter((name) => {
      const pid = Number.parseInt(name, 10)
      return pid === process.pid || !isRunning(pid)
    })
    await Promise.all(leftovers.map((name) => rm(join(incoming, name), {force: true})))
  }

  const ready = (): Promise<void> =>
    (prepared ??= prepare().catch((error: unknown) => {
      prepared = undefined
      throw error
    }))

  const receiveAll: AssetFiles['receive'] = async (body, limit) => {
    await ready()
    const path = temporaryPath()
    const hash = createHash('sha1')
    let size = 0
    const counted = async function* (): AsyncGenerator<Uint8Array> {
      for await (const chunk of body) {
        size += chunk.byteLength
        if (size > limit) throw payloadTooLarge(limit)
        requireOpen()
        hash.update(chunk)
        yield chunk
      }
    }
    try {
      await write(path, counted())
    } catch (error) {
      await rm(path, {force: true})
      throw error
    }
    return {path, sha1: hash.digest('hex'), size}
  }

  const settle = async (temporary: string, asset: AssetName): Promise<void> => {
    requireOpen()
    await rename(temporary, pathOf(asset))
    await syncFolder(folderOf(asset.kind))
  }

  const find: AssetFiles['find'] = async (asset) => {
    const path = pathOf(asset)
    try {
      const {size, mtimeMs} = await stat(path)
      return {path, size, written: mtimeMs}
    } catch (error) {
      if (isMissing(error)) return undefined
      throw error
    }
  }

  const list: AssetFiles['list'] = async () => {
    const lists = await Promise.all(
      KINDS.map(async (kind) =>
        (await namesIn(folderOf(kind))).flatMap((name) => parseAssetName(kind, name) ?? []),
      ),
    )
    return lists.flat()
  }

  return {
    receive: (body, limit) => whileOpen(() => receiveAll(body, limit)),
    find,
    list,
    keep: (file, asset) => whileOpen(() => settle(file.path, asset)),
    discard: (file) => rm(file.path, {force: true}),
    hold(asset) {
      const path = pathOf(asset)
      held.set(path, (held.get(path) ?? 0) + 1)
      return () => {
        const left = (held.get(path) ?? 1) - 1
        if (left === 0) held.delete(path)
        else held.set(path, left)
      }
    },
    removeUnless(asset, before, isNeeded) {
      const path = pathOf(asset)
      const stat = statSync(path, {throwIfNoEntry: false})
      if (stat === undefined || stat.mtimeMs >= before || held.has(path) || isNeeded()) return false
      rmSync(path, {force: true})
      return true
    },
    async copyTo(target) {
      for (const asset of await list()) await target.adopt(pathOf(asset), asset)
    },
    async adopt(path, asset) {
      await ready()
      if (await find(asset)) return
      const temporary = temporaryPath()
      await link(path, temporary).catch(() => copyPrivately(path, temporary))
      await settle(temporary, asset)
    },
    close: () => void (isClosed = true),
  }
}
