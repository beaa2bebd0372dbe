/** Reads the pixels and EXIF data of an image for its metadata; runs in an image process. */
import type {JsonObject} from '../../core/document.ts'
import type {ImageHeader, ImageTask, MetadataKind} from '../process/imageTask.ts'
import {readExif} from './exif.ts'
import type {Size} from './geometry.ts'
import {paletteOf} from './palette.ts'
import {imageInput, type OpenImage} from './renderImage.ts'

interface Thumbnail extends Size {
  readonly rgba: Uint8ClampedArray
}

/** Side of the thumbnail for colours and hashes; the maximum of ThumbHash. */
const THUMBNAIL_SIDE = 100
/** Width of `lqip` as on sanity.io; the height limits very tall images. */
const LQIP = {width: 20, height: 200}
/** Cameras write about ten thousand bytes; a file can hold any number. */
const MAX_EXIF_BYTES = 1024 * 1024

/** Width and height, upright, and the number of frames, without decoding pixels. */
export const readHeader = async (
  open: OpenImage,
  {path, format}: Extract<ImageTask, {kind: 'header'}>,
): Promise<ImageHeader> => {
  // Without sharp's limit, whose error does not tell the size of the image; the lake's own does.
  const image = open(await imageInput(path, format), {limitInputPixels: false})
  const {autoOrient, hasAlpha, pages = 1} = await image.metadata()
  return {...autoOrient, hasAlpha, frames: pages}
}

const lqipOf = async (open: OpenImage, {rgba, ...size}: Thumbnail, opaque: boolean) => {
  const raw = {...size, channels: 4 as const}
  const image = open(new Uint8Array(rgba), {raw}).resize({...LQIP, fit: 'inside'})
  const encoded = opaque ? image.removeAlpha().jpeg({quality: 80}) : image.png()
  const bytes = await encoded.toBuffer()
  return `data:image/${opaque ? 'jpeg' : 'png'};base64,${bytes.toString('base64')}`
}

/** Five components along the longer side, as on sanity.io. */
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

/** Decodes every pixel where there is a decoder, so a damaged image is found here. */
export const metadataOf = async (
  open: OpenImage,
  {path, format, size, kinds}: Extract<ImageTask, {kind: 'metadata'}>,
): Promise<JsonObject> => {
  const input = await imageInput(path, format)
  const wanted = new Set(kinds)
  const fromNotes = (['image', 'exif', 'location'] as const).some((kind) => wanted.has(kind))
  const {exif} = fromNotes ? await open(input, {limitInputPixels: false}).metadata() : {}
  return {
    ...(format.support === 'header'
      ? {isOpaque: !size.hasAlpha}
      : await fromPixels(open, input, size.hasAlpha, wanted)),
    ...(exif && exif.length <= MAX_EXIF_BYTES ? fromCamera(exif, wanted) : {}),
  }
}
