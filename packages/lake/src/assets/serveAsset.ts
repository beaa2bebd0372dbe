/**
 * Serves `GET|HEAD /images/:project/:dataset/:name` and `/files/…`: an asset, or an image transformed by
 * the URL's parameters. Asset URLs are public, as on sanity.io: the sha1 in them is the secret. An asset
 * exists if its file does; its document is only read for the name of a download.
 */
import {methodNotAllowed, notFound} from '../core/errors.ts'
import type {LakeRequest, LakeResponse} from '../core/lakeRequest.ts'
import type {AssetFiles} from './assetFiles.ts'
import {assetId, type AssetKind, parseAssetName} from './assetName.ts'
import {deliveryHeaders} from './delivery.ts'
import {type ImageServices, serveImage} from './images/serveImage.ts'
import {originalResponse} from './originalResponse.ts'

export interface AssetAddress {
  readonly kind: AssetKind
  readonly projectId: string
  readonly dataset: string
  /** The segment after the dataset, percent-decoded. */
  readonly name: string
  /** Reads the `originalFilename` of an asset's document. */
  readonly originalName?: (id: string) => string | undefined
}

/** @throws LakeError 400 for invalid parameters, 404, 405, 416, 422, 429. */
export const serveAsset = async (
  request: LakeRequest,
  files: AssetFiles,
  services: ImageServices,
  {kind, name, originalName}: AssetAddress,
): Promise<LakeResponse> => {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    throw methodNotAllowed(request.method, ['GET', 'HEAD'])
  }
  const asset = parseAssetName(kind, name)
  const file = asset && (await files.find(asset))
  if (!asset || !file) throw notFound(`There is no ${kind} asset with this name.`)
  const parameters = new URLSearchParams(request.search)
  const names = {asset, original: () => originalName?.(assetId(asset))}
  const original = (): LakeResponse =>
    originalResponse(request, file, `"${asset.sha1}"`, {
      ...deliveryHeaders(parameters, names, asset.extension),
      'x-sanity-sha1': asset.sha1,
    })
  return asset.kind === 'file' || parameters.has('dlRaw')
    ? original()
    : serveImage(request, services, {asset, file, names}, original)
}
