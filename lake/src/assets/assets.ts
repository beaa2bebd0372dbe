/**
 * The asset room: uploads, URLs and images of every dataset of a lake.
 *
 * Deleting an asset's document leaves its bytes, because history can bring the document back and
 * the URL may be printed somewhere; `sweep` removes what no document stands for any more.
 */
import {rm} from 'node:fs/promises'

import {methodNotAllowed, notFound} from '../errors.ts'
import type {LakeRequest, LakeResponse} from '../http/exchange.ts'
import {IMAGE_CACHE_BYTES} from '../limits.ts'
import {type AssetFiles, openAssetFiles} from './assetFiles.ts'
import {assetId, type AssetKind} from './assetName.ts'
import {openDerivedImages} from './derivedImages.ts'
import {createImageLibrary, type ImageLimits} from './imageLibrary.ts'
import {type AssetAddress, serveAsset} from './serveAsset.ts'
import {type AssetDocuments, uploadAsset} from './uploadAsset.ts'

export interface AssetsOptions {
  readonly projectId: string
  /** Scheme, host and port for the documents' `url`, without a slash at the end. */
  readonly publicUrl: () => string
  /** Folder of one dataset's originals; made when its first asset arrives. */
  readonly datasetFolder: (dataset: string) => string
  /** Folder of transformed images. May be deleted at any time. */
  readonly cacheFolder: string
  /** What the transformed images may take on disk. */
  readonly cacheBytes?: number
  /** Times and numbers of work on images, for tests that cannot wait. */
  readonly imageLimits?: Partial<ImageLimits>
  /** For `uploadId`. */
  readonly newId: () => string
}

export interface Upload {
  readonly kind: AssetKind
  readonly dataset: string
  readonly documents: AssetDocuments
}

export interface Assets {
  /** Answers an upload. @throws LakeError 400, 405, 413, 415, 422, 429. */
  upload(request: LakeRequest, upload: Upload): Promise<LakeResponse>
  /** Answers an asset URL; needs no token. @throws LakeError 400, 404, 405, 416, 422, 429. */
  serve(request: LakeRequest, address: AssetAddress): Promise<LakeResponse>
  /** Gives a dataset the bytes of another one. */
  copyDataset(from: string, to: string): Promise<void>
  removeDataset(dataset: string): Promise<void>
  /**
   * Removes the bytes of assets without a document.
   * @param before Bytes written since (milliseconds since 1970) stay: an upload writes them before
   *   its document.
   * @returns The ids removed.
   */
  sweep(dataset: string, hasDocument: (id: string) => boolean, before: number): Promise<string[]>
  /** Ends all work on images. */
  close(): void
}

/** Sanity's grammar of dataset names; nothing else ever becomes part of a path. */
const DATASET = /^~?[a-z0-9][-\w]{0,63}$/

export const createAssets = (options: AssetsOptions): Assets => {
  const library = createImageLibrary(options.imageLimits)
  const derived = openDerivedImages(options.cacheFolder, options.cacheBytes ?? IMAGE_CACHE_BYTES)
  const opened = new Map<string, AssetFiles>()

  const filesOf = (dataset: string): AssetFiles => {
    if (!DATASET.test(dataset)) throw notFound('There is no asset at this address.')
    return opened.get(dataset) ?? openAssetFiles(options.datasetFolder(dataset))
  }

  /** Kept open, because the first upload to a folder clears it of what a crash left behind. */
  const filesToWrite = (dataset: string): AssetFiles => {
    const files = filesOf(dataset)
    opened.set(dataset, files)
    return files
  }

  return {
    async upload(request, upload) {
      if (request.method !== 'POST') throw methodNotAllowed(request.method, ['POST'])
      return uploadAsset(request, {
        ...upload,
        files: filesToWrite(upload.dataset),
        library,
        projectId: options.projectId,
        publicUrl: options.publicUrl(),
        newId: options.newId,
      })
    },
    async serve(request, address) {
      if (address.projectId !== options.projectId) {
        throw notFound('There is no asset at this address.')
      }
      return serveAsset(request, filesOf(address.dataset), {derived, library}, address)
    },
    copyDataset: (from, to) => filesOf(from).copyTo(filesToWrite(to)),
    async removeDataset(dataset) {
      filesOf(dataset)
      opened.delete(dataset)
      await rm(options.datasetFolder(dataset), {recursive: true, force: true})
    },
    async sweep(dataset, hasDocument, before) {
      const files = filesOf(dataset)
      const removed: string[] = []
      for (const asset of await files.list()) {
        const file = await files.find(asset)
        if (!file || file.written >= before || hasDocument(assetId(asset))) continue
        await files.remove(asset)
        removed.push(assetId(asset))
      }
      return removed
    },
    close: library.close,
  }
}
