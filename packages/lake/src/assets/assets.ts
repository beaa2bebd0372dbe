/**
 * Assets (images and files) of all datasets of a lake: uploading, serving and transforming them. This
 * file is the entry point of the folder.
 *
 * When an asset's document is deleted, its bytes are kept for a while, because the document can be
 * restored from history; `sweep` removes bytes without a document.
 */
import {setImmediate} from 'node:timers/promises'

import {methodNotAllowed, notFound, temporarilyUnavailable} from '../core/errors.ts'
import {isDatasetName} from '../core/ids.ts'
import type {LakeRequest, LakeResponse} from '../core/lakeRequest.ts'
import {IMAGE_CACHE_BYTES} from '../core/limits.ts'
import {type AssetFiles, openAssetFiles} from './assetFiles.ts'
import {assetId, type AssetKind} from './assetName.ts'
import {openDerivedImages} from './images/derivedImages.ts'
import {createImageLibrary, type ImageLimits} from './process/imageLibrary.ts'
import {type AssetAddress, serveAsset} from './serveAsset.ts'
import {type AssetDocuments, uploadAsset} from './uploadAsset.ts'

export interface AssetsOptions {
  readonly projectId: string
  /** Scheme, host and port for the documents' `url`, without a slash at the end. */
  readonly publicUrl: () => string
  /** Folder of one dataset's originals; created with its first asset. */
  readonly datasetFolder: (dataset: string) => string
  /** Folder of transformed images. May be deleted at any time. */
  readonly cacheFolder: string
  /** Maximum bytes of transformed images on disk. */
  readonly cacheBytes?: number
  /** Limits of image processing, for tests. */
  readonly imageLimits?: Partial<ImageLimits>
  /** Creates the `uploadId` of a document. */
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
  /** Copies the bytes of a dataset's assets to another folder. */
  copyDataset(from: string, folder: string): Promise<void>
  /** The dataset's folder is about to be removed: running uploads fail, later ones use a new folder. */
  forget(dataset: string): void
  /** Refuses uploads from now on, and ends all image processing. */
  close(): void
  /**
   * Removes the bytes of assets that are not needed.
   * @param before Bytes written since then are kept; milliseconds since 1970.
   * @returns The ids of the removed assets.
   */
  sweep(dataset: string, isNeeded: (id: string) => boolean, before: number): Promise<string[]>
}

export const createAssets = (options: AssetsOptions): Assets => {
  const library = createImageLibrary(options.imageLimits)
  const derived = openDerivedImages(options.cacheFolder, options.cacheBytes ?? IMAGE_CACHE_BYTES)
  const opened = new Map<string, AssetFiles>()
  let isClosed = false

  const filesOf = (dataset: string): AssetFiles => {
    if (!isDatasetName(dataset)) throw notFound('There is no asset at this address.')
    return opened.get(dataset) ?? openAssetFiles(options.datasetFolder(dataset))
  }

  /** Kept open, because the first upload to a folder removes files that a crash left behind. */
  const filesToWrite = (dataset: string): AssetFiles => {
    if (isClosed) throw temporarilyUnavailable('The lake is closing.')
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
    copyDataset: (from, folder) => filesOf(from).copyTo(openAssetFiles(folder)),
    forget(dataset) {
      opened.get(dataset)?.close()
      opened.delete(dataset)
    },
    close() {
      isClosed = true
      for (const files of opened.values()) files.close()
      derived.close()
      library.close()
    },
    async sweep(dataset, isNeeded, before) {
      // The same instance as for uploads, which knows the files that they hold.
      const files = filesToWrite(dataset)
      const removed: string[] = []
      for (const asset of await files.list()) {
        const id = assetId(asset)
        if (isClosed || opened.get(dataset) !== files) break
        if (files.removeUnless(asset, before, () => isNeeded(id))) removed.push(id)
        // Other requests are handled between two files.
        await setImmediate()
      }
      return removed
    },
  }
}
