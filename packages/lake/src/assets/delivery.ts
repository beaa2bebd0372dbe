/** The response headers of assets: media type, caching, downloads, and protection against scripts. */
import type {LakeRequest, LakeResponse} from '../core/lakeRequest.ts'
import {type AssetName, assetStem} from './assetName.ts'
import {contentType, isActive, mediaTypeOf} from './mediaTypes.ts'

type Headers = LakeResponse['headers']

/** The bytes at an asset's name and parameters never change. */
export const IMMUTABLE: Headers = {'cache-control': 'public, max-age=31536000, immutable'}

/** A type that could run code is shown without origin, scripts, forms and subresources. */
const SANDBOX =
  "default-src 'none'; img-src data:; font-src data:; style-src 'unsafe-inline'; sandbox"

const disposition = (parameters: URLSearchParams, nameOf: () => string): Headers => {
  if (!parameters.has('dl') && !parameters.has('dlRaw')) return {}
  const wanted = (parameters.get('dl') || nameOf()).replace(/[\p{Cc}/\\]/gu, '_').slice(0, 200)
  const ascii = wanted.replace(/[^\u0020-\u007e]|["%]/g, '_')
  const encoded = encodeURIComponent(wanted.toWellFormed()).replace(
    /['()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16)}`,
  )
  return {'content-disposition': `attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`}
}

/** The names of an asset from which the name of a download is made when `dl` gives none. */
export interface DownloadNames {
  readonly asset: AssetName
  /** The name of the file that was uploaded, if the asset's document has one. */
  readonly original: () => string | undefined
}

/** The original file's name; of an image in another format, with that format's extension. */
const downloadName = ({asset, original}: DownloadNames, extension: string): string => {
  const name = original()
  if (name === undefined) return `${assetStem(asset)}.${extension}`
  if (extension === asset.extension) return name
  return `${name.replace(/(?<=.)\.[^.]*$/, '')}.${extension}`
}

/** @param extension That of the bytes that are sent. */
export const deliveryHeaders = (
  parameters: URLSearchParams,
  names: DownloadNames,
  extension: string,
): Headers => {
  const mediaType = mediaTypeOf(extension)
  return {
    'content-type': contentType(mediaType),
    'x-content-type-options': 'nosniff',
    ...(isActive(mediaType) ? {'content-security-policy': SANDBOX} : {}),
    ...disposition(parameters, () => downloadName(names, extension)),
    ...IMMUTABLE,
  }
}

/** Whether the client's copy is the current one (RFC 9110, section 13.1.2). */
export const isNotModified = (request: LakeRequest, etag: string): boolean => {
  const known = request.header('if-none-match')
  if (known === undefined) return false
  if (known.trim() === '*') return true
  return known.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag)
}

export const notModified = (headers: Headers): LakeResponse => {
  const {'content-length': _length, 'content-type': _type, ...kept} = headers
  return {status: 304, headers: kept, body: null}
}

/** A complete response; without the body for HEAD. */
export const wholeResponse = (
  request: LakeRequest,
  headers: Headers,
  body: string | Uint8Array,
): LakeResponse => ({
  status: 200,
  headers: {...headers, 'content-length': String(Buffer.byteLength(body))},
  body: request.method === 'HEAD' ? null : body,
})
