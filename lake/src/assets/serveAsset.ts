/**
 * `GET|HEAD /images/:project/:dataset/:name` and `/files/…`: the bytes of an asset, or what the
 * URL's parameters make of an image. Asset URLs are public, as on sanity.io: the sha1 in them is
 * the secret. No document is looked up; what is not on disk does not exist.
 */
import {createHash} from 'node:crypto'

import {badRequest, methodNotAllowed, notFound} from '../errors.ts'
import type {LakeRequest, LakeResponse} from '../http/exchange.ts'
import type {AssetFiles, StoredFile} from './assetFiles.ts'
import {
  type AssetKind,
  type AssetName,
  assetFileName,
  type ImageName,
  parseAssetName,
} from './assetName.ts'
import type {DerivedImages} from './derivedImages.ts'
import {clipRect, planImage} from './geometry.ts'
import {type ImageFormat, imageFormatOf} from './imageFormat.ts'
import type {ImageLibrary} from './imageLibrary.ts'
import {contentType, isActive, mediaTypeOf} from './mediaTypes.ts'
import {IMMUTABLE, isNotModified, notModified, originalResponse} from './originalResponse.ts'
import {type OutputFormat, renderImage} from './renderImage.ts'
import {isUntouched, parseTransformation, type Transformation} from './transformation.ts'

export interface AssetAddress {
  readonly kind: AssetKind
  readonly projectId: string
  readonly dataset: string
  /** Last segment of the path, percent-decoded. */
  readonly name: string
}

export interface AssetSource {
  readonly files: AssetFiles
  readonly derived: DerivedImages
  readonly library: ImageLibrary
}

/** Part of every key: raise it when the same parameters come to mean other pixels. */
const PIPELINE_VERSION = 1

/** An active type is shown, but as a document without an origin, scripts, forms or subresources. */
const SANDBOX =
  "default-src 'none'; img-src data:; font-src data:; style-src 'unsafe-inline'; sandbox"

const disposition = (parameters: URLSearchParams, name: string): LakeResponse['headers'] => {
  if (!parameters.has('dl') && !parameters.has('dlRaw')) return {}
  const wanted = (parameters.get('dl') || name).replace(/[\p{Cc}/\\]/gu, '_').slice(0, 200)
  const ascii = wanted.replace(/[^\u0020-\u007e]|["%]/g, '_')
  const encoded = encodeURIComponent(wanted.toWellFormed()).replace(
    /['()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16)}`,
  )
  return {'content-disposition': `attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`}
}

const typeHeaders = (mediaType: string): LakeResponse['headers'] => ({
  'content-type': contentType(mediaType),
  'x-content-type-options': 'nosniff',
  ...(isActive(mediaType) ? {'content-security-policy': SANDBOX} : {}),
})

/** `undefined`: the original is what the client gets. */
const outputFormat = (
  {extension, support}: ImageFormat,
  {format, negotiated, ...rest}: Transformation,
  accept: string,
): OutputFormat | undefined => {
  if (format && format !== 'json') return format
  if (support !== 'pixels') return undefined
  // WebP first: sanity.io too answers with it until it has had time for the much slower AVIF.
  if (negotiated && accept.includes('image/webp')) return 'webp'
  if (negotiated && accept.includes('image/avif')) return 'avif'
  if (isUntouched({...rest, negotiated})) return undefined
  const own = (['jpg', 'png', 'webp', 'gif', 'tif', 'avif'] as const).find(
    (candidate) => candidate === extension,
  )
  return own ?? 'png'
}

const EXTENSIONS: Partial<Record<OutputFormat, string>> = {pjpg: 'jpg'}

const derivedResponse = async (
  request: LakeRequest,
  {derived, library}: AssetSource,
  asset: ImageName,
  format: ImageFormat,
  file: StoredFile,
  transformation: Transformation,
  output: OutputFormat,
  headers: LakeResponse['headers'],
): Promise<LakeResponse> => {
  const {negotiated: _negotiated, format: _format, ...shape} = transformation
  const recipe = JSON.stringify([PIPELINE_VERSION, assetFileName(asset), shape, output])
  const extension = EXTENSIONS[output] ?? output
  const key = `${createHash('sha1').update(recipe).digest('hex')}.${extension}`
  const etag = `"${key}"`
  const base = {
    ...typeHeaders(mediaTypeOf(extension)),
    ...headers,
    etag,
    'cache-control': IMMUTABLE,
  }
  if (isNotModified(request, etag)) return notModified(base)
  const size = {width: asset.width, height: asset.height}
  const bytes = await derived.get(key, () =>
    renderImage(library, {path: file.path, format, size, transformation, output}),
  )
  return {
    status: 200,
    headers: {...base, 'content-length': String(bytes.byteLength)},
    body: request.method === 'HEAD' ? null : bytes,
  }
}

/** `fm=json`: what the image would be, without making it. */
const describe = async (
  request: LakeRequest,
  {library}: AssetSource,
  format: ImageFormat,
  file: StoredFile,
  transformation: Transformation,
  size: {width: number; height: number},
): Promise<LakeResponse> => {
  const {pages = 1} =
    format.support === 'pixels' ? await library.run((open) => open(file.path).metadata()) : {}
  const {output} = planImage(size, transformation)
  const body = JSON.stringify({
    ...output,
    frames: pages,
    contentLength: file.size,
    contentType: format.mimeType,
  })
  return {
    status: 200,
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'content-length': String(Buffer.byteLength(body)),
      'cache-control': IMMUTABLE,
    },
    body: request.method === 'HEAD' ? null : body,
  }
}

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

const imageResponse = async (
  request: LakeRequest,
  source: AssetSource,
  asset: ImageName,
  file: StoredFile,
  parameters: URLSearchParams,
  original: () => LakeResponse,
  headers: LakeResponse['headers'],
): Promise<LakeResponse> => {
  const format = imageFormatOf(asset.extension)
  const transformation = readTransformation(parameters, asset)
  if (!format) return original()
  if (transformation.format === 'json') {
    return describe(request, source, format, file, transformation, asset)
  }
  const vary: LakeResponse['headers'] = transformation.negotiated ? {vary: 'accept'} : {}
  const output = outputFormat(format, transformation, request.header('accept') ?? '')
  if (output === undefined) {
    const response = original()
    return {...response, headers: {...response.headers, ...vary}}
  }
  const all = {...headers, ...vary}
  return derivedResponse(request, source, asset, format, file, transformation, output, all)
}

/** @throws LakeError 400 for parameters that mean nothing, 404, 405, 416, 422, 429. */
export const serveAsset = async (
  request: LakeRequest,
  source: AssetSource,
  {kind, name}: AssetAddress,
): Promise<LakeResponse> => {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    throw methodNotAllowed(request.method, ['GET', 'HEAD'])
  }
  const asset: AssetName | undefined = parseAssetName(kind, name)
  const file = asset && (await source.files.find(asset))
  if (!asset || !file) throw notFound(`There is no ${kind} asset with this name.`)
  const parameters = new URLSearchParams(request.search)
  const download = disposition(parameters, assetFileName(asset))
  const original = (): LakeResponse =>
    originalResponse(request, file, `"${asset.sha1}"`, {
      ...typeHeaders(mediaTypeOf(asset.extension)),
      ...download,
      'x-sanity-sha1': asset.sha1,
    })
  return asset.kind === 'file' || parameters.has('dlRaw')
    ? original()
    : imageResponse(request, source, asset, file, parameters, original, download)
}
