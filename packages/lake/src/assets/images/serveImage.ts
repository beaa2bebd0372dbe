/** Serves an image transformed by the parameters of its URL. */
import {createHash} from 'node:crypto'

import {badRequest, unprocessable} from '../../core/errors.ts'
import type {LakeRequest, LakeResponse} from '../../core/lakeRequest.ts'
import type {StoredFile} from '../assetFiles.ts'
import {assetFileName, type ImageName} from '../assetName.ts'
import {
  deliveryHeaders,
  type DownloadNames,
  IMMUTABLE,
  isNotModified,
  notModified,
  wholeResponse,
} from '../delivery.ts'
import type {ImageLibrary} from '../process/imageLibrary.ts'
import type {DerivedImages} from './derivedImages.ts'
import {clipRect, planImage} from './geometry.ts'
import {type ImageFormat, imageFormatOf} from './imageFormat.ts'
import type {OutputFormat} from './renderImage.ts'
import {isUntouched, parseTransformation, type Transformation} from './transformation.ts'

export interface ImageServices {
  readonly derived: DerivedImages
  readonly library: ImageLibrary
}

interface ServedImage {
  readonly asset: ImageName
  readonly file: StoredFile
  readonly names: DownloadNames
}

interface RequestedImage extends ServedImage {
  readonly format: ImageFormat
  readonly transformation: Transformation
}

/** Part of every cache key; raise it when the same parameters give different pixels. */
const PIPELINE_VERSION = 2

const readTransformation = (parameters: URLSearchParams, asset: ImageName): Transformation => {
  const transformation = parseTransformation(parameters)
  if (transformation.rect === undefined) return transformation
  const rect = clipRect(transformation.rect, asset)
  if (rect) return {...transformation, rect}
  throw badRequest(
    `Image parameter rect=${parameters.get('rect')} lies outside the image, ` +
      `which has ${asset.width}×${asset.height} pixels.`,
  )
}

/** Whether the header names the type itself; as on sanity.io, `image/*` does not count. */
const accepts = (header: string, type: string): boolean =>
  header.split(',').some((part) => {
    const [name, ...parameters] = part.split(';').map((piece) => piece.trim().toLowerCase())
    return name === type && !parameters.some((parameter) => /^q=0(?:\.0*)?$/.test(parameter))
  })

const OWN_FORMATS: readonly OutputFormat[] = ['jpg', 'png', 'webp', 'gif', 'tif', 'avif']

/** Undefined when the client gets the original. */
const chooseOutput = (
  {format: {extension, support}, transformation}: RequestedImage,
  accept: string,
): OutputFormat | undefined => {
  const {format: wanted, negotiated} = transformation
  if (wanted && wanted !== 'json') return wanted
  if (support !== 'pixels') return undefined
  // WebP first: AVIF is much slower, and sanity.io too sends WebP until it has rendered an AVIF.
  if (negotiated && accepts(accept, 'image/webp')) return 'webp'
  if (negotiated && accepts(accept, 'image/avif')) return 'avif'
  if (isUntouched(transformation)) return undefined
  return OWN_FORMATS.find((candidate) => candidate === extension)
}

/** `fm=json`: describes the image without rendering it. */
const describe = async (
  request: LakeRequest,
  {library}: ImageServices,
  {asset, file, format, transformation}: RequestedImage,
): Promise<LakeResponse> => {
  const {sha1} = asset
  const {frames} =
    format.support === 'pixels'
      ? await library.header({
          path: file.path,
          format,
          sha1,
          client: request.address,
          signal: request.signal,
        })
      : {frames: 1}
  const body = JSON.stringify({
    ...planImage(asset, transformation).output,
    frames,
    contentLength: file.size,
    contentType: format.mimeType,
  })
  const headers = {'content-type': 'application/json; charset=utf-8', ...IMMUTABLE}
  return wholeResponse(request, headers, body)
}

const transformed = async (
  request: LakeRequest,
  {derived, library}: ImageServices,
  {asset, file, names, format, transformation}: RequestedImage,
  output: OutputFormat,
  parameters: URLSearchParams,
): Promise<LakeResponse> => {
  const {negotiated: _negotiated, format: _format, ...shape} = transformation
  const recipe = JSON.stringify([PIPELINE_VERSION, assetFileName(asset), shape, output])
  const extension = output === 'pjpg' ? 'jpg' : output
  const key = `${createHash('sha1').update(recipe).digest('hex')}.${extension}`
  const etag = `"${key}"`
  const headers = {...deliveryHeaders(parameters, names, extension), etag}
  if (isNotModified(request, etag)) return notModified(headers)
  if (format.support === 'header') {
    throw unprocessable(
      `${format.extension.toUpperCase()} images cannot be transformed: ` +
        'request the original without parameters, or upload a JPEG, PNG or WebP.',
    )
  }
  const {width, height, sha1} = asset
  const bytes = await derived.get(
    key,
    (signal) =>
      library.render(
        {path: file.path, format, sha1, client: request.address, signal},
        {size: {width, height}, transformation, output},
      ),
    request.signal,
  )
  return wholeResponse(request, headers, bytes)
}

/**
 * @param original Serves the original, for parameters that change nothing.
 * @throws LakeError 400 for invalid parameters, 422 when the image cannot be decoded, 429.
 */
export const serveImage = async (
  request: LakeRequest,
  services: ImageServices,
  image: ServedImage,
  original: () => LakeResponse,
): Promise<LakeResponse> => {
  const parameters = new URLSearchParams(request.search)
  const transformation = readTransformation(parameters, image.asset)
  const format = imageFormatOf(image.asset.extension)
  if (!format) return original()
  const requested = {...image, format, transformation}
  if (transformation.format === 'json') return describe(request, services, requested)
  const output = chooseOutput(requested, request.header('accept') ?? '')
  const response =
    output === undefined
      ? original()
      : await transformed(request, services, requested, output, parameters)
  if (!transformation.negotiated) return response
  return {...response, headers: {...response.headers, vary: 'accept'}}
}
