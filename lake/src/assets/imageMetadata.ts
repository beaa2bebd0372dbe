/**
 * What an asset document says about an image. Size and transparency always; placeholders and colours
 * unless the upload asks for something else; camera and place only when it asks for them, because
 * they tell where a photographer was.
 *
 * Source: https://www.sanity.io/docs/apis-and-sdks/image-metadata
 */
import {readFile} from 'node:fs/promises'

import type {JsonObject} from '../document.ts'
import {badRequest, payloadTooLarge, unprocessable} from '../errors.ts'
import {MAX_IMAGE_PIXELS, MAX_SVG_BYTES} from '../limits.ts'
import {readExif} from './exif.ts'
import type {Size} from './geometry.ts'
import type {ImageFormat} from './imageFormat.ts'
import type {ImageLibrary, OpenImage} from './imageLibrary.ts'
import {paletteOf} from './palette.ts'
import {readStart} from './readStart.ts'

const DEFAULTS = ['blurhash', 'lqip', 'palette'] as const
const KINDS = [...DEFAULTS, 'thumbhash', 'image', 'exif', 'location'] as const
export type MetadataKind = (typeof KINDS)[number]

/** Reads the upload's `meta` parameters: repeated, or joined by commas as browsers send them. */
export const parseMetadataKinds = (parameters: URLSearchParams): ReadonlySet<MetadataKind> => {
  const asked = parameters.getAll('meta').flatMap((value) => value.split(','))
  if (asked.length === 0) return new Set(DEFAULTS)
  const kinds = asked
    .filter((name) => name !== 'none')
    .map((name) => {
      const kind = KINDS.find((candidate) => candidate === name)
      if (kind) return kind
      throw badRequest(`Upload parameter meta=${name} is not valid: use ${KINDS.join(', ')}, none.`)
    })
  return new Set(kinds)
}

/** Width and height, upright, without decoding pixels. */
export type ImageSize = Size & {readonly hasAlpha: boolean}

interface Thumbnail extends Size {
  readonly rgba: Uint8ClampedArray
}

/** Side of the thumbnail that colours and hashes are taken from; ThumbHash takes no larger one. */
const THUMBNAIL_SIDE = 100
/** Width of `lqip` on sanity.io; the height bounds what a very tall image would make of it. */
const LQIP = {width: 20, height: 200}

/** An SVG is read into memory, so that nothing beside it on disk can be drawn into it. */
export const imageInput = async (
  path: string,
  format: ImageFormat,
): Promise<string | Uint8Array> => (format.support === 'vector' ? await readFile(path) : path)

const headerSize = async (path: string, {extension}: ImageFormat): Promise<ImageSize> => {
  const header = await readStart(path, 32)
  if (header.length < 32) throw unprocessable('The image breaks off in its header.')
  return extension === 'bmp'
    ? {
        width: header.readInt32LE(18),
        // Negative: the rows go from top to bottom.
        height: Math.abs(header.readInt32LE(22)),
        hasAlpha: header.readUInt16LE(28) === 32,
      }
    : {
        width: header.readUInt32BE(18),
        height: header.readUInt32BE(14),
        hasAlpha: header.readUInt16BE(12) > 3,
      }
}

const librarySize = async (
  open: OpenImage,
  input: string | Uint8Array,
): Promise<ImageSize & {exif: Uint8Array | undefined}> => {
  // Sharp refuses what is too large without saying how large it is; we say it.
  const {autoOrient, hasAlpha, exif} = await open(input, {limitInputPixels: false}).metadata()
  return {...autoOrient, hasAlpha, exif}
}

/** @throws LakeError 413 for an SVG, 422 for any image, that is larger than the documented limit. */
export const readImageSize = async (
  library: ImageLibrary,
  file: {readonly path: string; readonly size: number},
  format: ImageFormat,
): Promise<ImageSize & {readonly exif?: Uint8Array | undefined}> => {
  if (format.support === 'vector' && file.size > MAX_SVG_BYTES) throw payloadTooLarge(MAX_SVG_BYTES)
  const input = await imageInput(file.path, format)
  const found = ['bmp', 'psd'].includes(format.extension)
    ? await headerSize(file.path, format)
    : await library.run((open) => librarySize(open, input))
  const {width, height} = found
  if (width < 1 || height < 1) throw unprocessable('The image has no pixels.')
  if (width * height > MAX_IMAGE_PIXELS) {
    throw unprocessable(
      `The image has ${width}×${height} pixels, more than the ${MAX_IMAGE_PIXELS} that are allowed.`,
    )
  }
  return found
}

const lqipOf = async (open: OpenImage, {rgba, ...size}: Thumbnail, opaque: boolean) => {
  const raw = {...size, channels: 4 as const}
  const image = open(new Uint8Array(rgba), {raw}).resize({...LQIP, fit: 'inside'})
  const encoded = opaque ? image.removeAlpha().jpeg({quality: 80}) : image.png()
  const bytes = await encoded.toBuffer()
  return `data:image/${opaque ? 'jpeg' : 'png'};base64,${bytes.toString('base64')}`
}

/** Five components along the longer side, as sanity.io. */
const blurHashOf = async ({rgba, width, height}: Thumbnail): Promise<string> => {
  const {encode} = await import('blurhash')
  const longer = Math.max(width, height)
  const components = (length: number): number => Math.ceil((5 * length) / longer)
  return encode(rgba, width, height, components(width), components(height))
}

const thumbHashOf = async ({rgba, width, height}: Thumbnail): Promise<string> => {
  const {rgbaToThumbHash} = await import('thumbhash')
  return Buffer.from(rgbaToThumbHash(width, height, rgba)).toString('base64')
}

const fromPixels = async (
  open: OpenImage,
  input: string | Uint8Array,
  hasAlpha: boolean,
  kinds: ReadonlySet<MetadataKind>,
): Promise<JsonObject> => {
  const {data, info} = await open(input, {autoOrient: true})
    .resize({
      width: THUMBNAIL_SIDE,
      height: THUMBNAIL_SIDE,
      fit: 'inside',
      withoutEnlargement: true,
    })
    .toColourspace('srgb')
    .ensureAlpha()
    .raw()
    .toBuffer({resolveWithObject: true})
  const thumbnail = {rgba: new Uint8ClampedArray(data), width: info.width, height: info.height}
  const isOpaque = !hasAlpha || (await open(input).stats()).isOpaque
  const palette = kinds.has('palette') ? paletteOf(data) : undefined
  return {
    isOpaque,
    ...(kinds.has('lqip') ? {lqip: await lqipOf(open, thumbnail, isOpaque)} : {}),
    ...(kinds.has('blurhash') ? {blurHash: await blurHashOf(thumbnail)} : {}),
    ...(kinds.has('thumbhash') ? {thumbHash: await thumbHashOf(thumbnail)} : {}),
    ...(palette ? {palette} : {}),
  }
}

const fromCamera = (block: Uint8Array, kinds: ReadonlySet<MetadataKind>): JsonObject => {
  const {image, exif, location} = readExif(block)
  return {
    ...(kinds.has('image') ? {image: {_type: 'sanity.imageExifTags', ...image}} : {}),
    ...(kinds.has('exif') ? {exif: {_type: 'sanity.imageExifMetadata', ...exif}} : {}),
    ...(kinds.has('location') && location ? {location} : {}),
  }
}

/**
 * `metadata` of a `sanity.imageAsset`. Decodes every pixel, so a damaged image is found here.
 * @param size From `readImageSize`.
 */
export const readImageMetadata = async (
  library: ImageLibrary,
  path: string,
  format: ImageFormat,
  size: ImageSize & {readonly exif?: Uint8Array | undefined},
  kinds: ReadonlySet<MetadataKind>,
): Promise<JsonObject> => {
  const {width, height, hasAlpha, exif} = size
  const input = await imageInput(path, format)
  const seen =
    format.support === 'header'
      ? {isOpaque: !hasAlpha}
      : await library.run((open) => fromPixels(open, input, hasAlpha, kinds))
  return {
    _type: 'sanity.imageMetadata',
    dimensions: {_type: 'sanity.imageDimensions', width, height, aspectRatio: width / height},
    hasAlpha,
    ...seen,
    ...(exif ? fromCamera(exif, kinds) : {}),
  }
}
