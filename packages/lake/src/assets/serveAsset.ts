/**
 * `GET|HEAD /images/:project/:dataset/:name` and `/files/…`: the bytes of an asset, or what the
 * URL's parameters make of an image. Asset URLs are public, as on sanity.io: the sha1 in them is
 * the secret. No document is looked up; what is not on disk does not exist.
 */
import {methodNotAllowed, notFound} from '../core/errors.ts'
import type {LakeRequest, LakeResponse} from '../core/lakeRequest.ts'
import type {AssetFiles} from './assetFiles.ts'
import {type AssetKind, assetStem, parseAssetName} from './assetName.ts'
import {deliveryHeaders} from './delivery.ts'
import {type ImageWorkshop, serveImage} from './images/serveImage.ts'
import {originalResponse} from './originalResponse.ts'

export interface AssetAddress {
  readonly kind: AssetKind
  readonly projectId: string
  readonly dataset: string
  /** The segment after the dataset, percent-decoded. */
  readonly name: string
}

/** @throws LakeError 400 for parameters that mean nothing, 404, 405, 416, 422, 429. */
export const serveAsset = async (
  request: LakeRequest,
  files: AssetFiles,
  workshop: ImageWorkshop,
  {kind, name}: AssetAddress,
): Promise<LakeResponse> => {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    throw methodNotAllowed(request.method, ['GET', 'HEAD'])
  }
  const asset = parseAssetName(kind, name)
  const file = asset && (await files.find(asset))
  if (!asset || !file) throw notFound(`There is no ${kind} asset with this name.`)
  const parameters = new URLSearchParams(request.search)
  const original = (): LakeResponse =>
    originalResponse(request, file, `"${asset.sha1}"`, {
      ...deliveryHeaders(parameters, assetStem(asset), asset.extension),
      'x-sanity-sha1': asset.sha1,
    })
  return asset.kind === 'file' || parameters.has('dlRaw')
    ? original()
    : serveImage(request, workshop, asset, file, original)
}
