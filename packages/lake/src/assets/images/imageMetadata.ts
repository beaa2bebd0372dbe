/**
 * The `metadata` of an image asset's document. Size and transparency are always included; placeholders
 * and colours unless the upload requests other metadata; camera and location only on request, because
 * they reveal where a photographer was.
 *
 * Source: https://www.sanity.io/docs/apis-and-sdks/image-metadata
 */
import type {JsonObject} from '../../core/document.ts'
import {badRequest, payloadTooLarge, unprocessable} from '../../core/errors.ts'
import {MAX_IMAGE_PIXELS, MAX_SVG_BYTES} from '../../core/limits.ts'
import type {ImageLibrary, Waiter} from '../process/imageLibrary.ts'
import {type ImageSize, METADATA_KINDS, type MetadataKind} from '../process/imageTask.ts'
import {readStart, type ImageFormat} from './imageFormat.ts'

const DEFAULTS = ['blurhash', 'lqip', 'palette'] as const

/** Reads the upload's `meta` parameters: repeated, or joined by commas as browsers send them. */
export const parseMetadataKinds = (parameters: URLSearchParams): ReadonlySet<MetadataKind> => {
  const asked = parameters.getAll('meta').flatMap((value) => value.split(','))
  if (asked.length === 0) return new Set(DEFAULTS)
  const kinds = asked
    .filter((name) => name !== 'none')
    .map((name) => {
      const kind = METADATA_KINDS.find((candidate) => candidate === name)
      if (kind) return kind
      throw badRequest(
        `Upload parameter meta=${name} is not valid: use ${METADATA_KINDS.join(', ')}, none.`,
      )
    })
  return new Set(kinds)
}

const headerSize = async (path: string, {extension}: ImageFormat): Promise<ImageSize> => {
  const header = await readStart(path, 32)
  if (header.length < 32) throw unprocessable('The image is incomplete: its header is cut off.')
  return extension === 'bmp'
    ? {
        width: header.readInt32LE(18),
        // Negative when the rows go from top to bottom.
        height: Math.abs(header.readInt32LE(22)),
        hasAlpha: header.readUInt16LE(28) === 32,
      }
    : {
        width: header.readUInt32BE(18),
        height: header.readUInt32BE(14),
        hasAlpha: header.readUInt16BE(12) > 3,
      }
}

/** Formats that sharp does not support. */
const hasHeaderOnly = ({extension}: ImageFormat): boolean =>
  extension === 'bmp' || extension === 'psd'

/** An image on disk. */
export interface ImageFile {
  readonly path: string
  readonly size: number
  readonly sha1: string
}

/** @throws LakeError 413 for an SVG, 422 for any image, that is larger than the documented limit. */
export const readImageSize = async (
  library: ImageLibrary,
  {path, sha1, size: bytes}: ImageFile,
  format: ImageFormat,
  waiter: Waiter,
): Promise<ImageSize> => {
  if (format.support === 'vector' && bytes > MAX_SVG_BYTES) throw payloadTooLarge(MAX_SVG_BYTES)
  const {width, height, hasAlpha} = hasHeaderOnly(format)
    ? await headerSize(path, format)
    : await library.header({path, format, sha1, ...waiter})
  if (width < 1 || height < 1) throw unprocessable('The image has no pixels.')
  if (width * height > MAX_IMAGE_PIXELS) {
    throw unprocessable(
      `The image has ${width}×${height} pixels; the limit is ${MAX_IMAGE_PIXELS}.`,
    )
  }
  return {width, height, hasAlpha}
}

/**
 * `metadata` of a `sanity.imageAsset`. Decodes every pixel, so a damaged image is found here.
 * @param size From `readImageSize`.
 */
export const readImageMetadata = async (
  library: ImageLibrary,
  {path, sha1}: ImageFile,
  format: ImageFormat,
  size: ImageSize,
  kinds: ReadonlySet<MetadataKind>,
  waiter: Waiter,
): Promise<JsonObject> => {
  const {width, height, hasAlpha} = size
  const seen = hasHeaderOnly(format)
    ? {isOpaque: !hasAlpha}
    : await library.metadata({path, format, sha1, ...waiter}, size, [...kinds])
  return {
    _type: 'sanity.imageMetadata',
    dimensions: {_type: 'sanity.imageDimensions', width, height, aspectRatio: width / height},
    hasAlpha,
    ...seen,
  }
}
