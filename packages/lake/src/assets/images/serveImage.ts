/** Answers with what an image URL's parameters make of an image. */
import {createHash} from 'node:crypto'

import {badRequest, unprocessable} from '../../core/errors.ts'
import type {LakeRequest, LakeResponse} from '../../core/lakeRequest.ts'
import type {StoredFile} from '../assetFiles.ts'
import {assetFileName, assetStem, type ImageName} from '../assetName.ts'
import {deliveryHeaders, IMMUTABLE, isNotModified, notModified, wholeResponse} from '../delivery.ts'
import type {ImageLibrary} from '../process/imageLibrary.ts'
import type {DerivedImages} from './derivedImages.ts'
import {clipRect, planImage} from './geometry.ts'
import {type ImageFormat, imageFormatOf} from './imageFormat.ts'
import type {OutputFormat} from './renderImage.ts'
import {isUntouched, parseTransformation, type Transformation} from './transformation.ts'

export interface ImageWorkshop {
  readonly derived: DerivedImages
  readonly library: ImageLibrary
}

interface Picture {
  readonly asset: ImageName
  readonly file: StoredFile
  readonly format: ImageFormat
  readonly transformation: Transformation
}

/** Part of every key: raise it when the same parameters come to mean other pixels. */
const PIPELINE_VERSION = 1

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

/** Whether the header names the type itself: as on sanity.io, `image/*` promises no new format. */
const accepts = (header: string, type: string): boolean =>
  header.split(',').some((part) => {
    const [name, ...parameters] = part.split(';').map((piece) => piece.trim().toLowerCase())
    return name === type && !parameters.some((parameter) => /^q=0(?:\.0*)?$/.test(parameter))
  })

const OWN_FORMATS: readonly OutputFormat[] = ['jpg', 'png', 'webp', 'gif', 'tif', 'avif']

/** `undefined`: the original is what the client gets. */
const chooseOutput = (
  {format: {extension, support}, transformation}: Picture,
  accept: string,
): OutputFormat | undefined => {
  const {format: wanted, negotiated} = transformation
  if (wanted && wanted !== 'json') return wanted
  if (support !== 'pixels') return undefined
  // WebP first: sanity.io too answers with it until it has had time for the much slower AVIF.
  if (negotiated && accepts(accept, 'image/webp')) return 'webp'
  if (negotiated && accepts(accept, 'image/avif')) return 'avif'
  if (isUntouched(transformation)) return undefined
  return OWN_FORMATS.find((candidate) => candidate === extension)
}

/** `fm=json`: what the image would be, without making it. */
const describe = async (
  request: LakeRequest,
  {library}: ImageWorkshop,
  {asset, file, format, transformation}: Picture,
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
  {derived, library}: ImageWorkshop,
  {asset, file, format, transformation}: Picture,
  output: OutputFormat,
  parameters: URLSearchParams,
): Promise<LakeResponse> => {
  const {negotiated: _negotiated, format: _format, ...shape} = transformation
  const recipe = JSON.stringify([PIPELINE_VERSION, assetFileName(asset), shape, output])
  const extension = output === 'pjpg' ? 'jpg' : output
  const key = `${createHash('sha1').update(recipe).digest('hex')}.${extension}`
  const etag = `"${key}"`
  const headers = {...deliveryHeaders(parameters, assetStem(asset), extension), etag}
  if (isNotModified(request, etag)) return notModified(headers)
  if (format.support === 'header') {
    throw unprocessable(
      `${format.extension.toUpperCase()} images cannot be transformed here: ` +
        'ask for the original without parameters, or upload a JPEG, PNG or WebP.',
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
 * @param original Answers with the bytes as they are, when that is what the parameters come to.
 * @throws LakeError 400 for parameters that mean nothing, 422 when the image cannot be decoded, 429.
 */
export const serveImage = async (
  request: LakeRequest,
  workshop: ImageWorkshop,
  asset: ImageName,
  file: StoredFile,
  original: () => LakeResponse,
): Promise<LakeResponse> => {
  const parameters = new URLSearchParams(request.search)
  const transformation = readTransformation(parameters, asset)
  const format = imageFormatOf(asset.extension)
  if (!format) return original()
  const picture = {asset, file, format, transformation}
  if (transformation.format === 'json') return describe(request, workshop, picture)
  const output = chooseOutput(picture, request.header('accept') ?? '')
  const response =
    output === undefined
      ? original()
      : await transformed(request, workshop, picture, output, parameters)
  if (!transformation.negotiated) return response
  return {...response, headers: {...response.headers, vary: 'accept'}}
}
