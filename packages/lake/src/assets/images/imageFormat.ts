/**
 * Detects the format of an image by its first bytes. The file name and content type of an upload are not
 * trusted, and only formats in this list are passed to a decoder.
 */
import {open} from 'node:fs/promises'

export interface ImageFormat {
  /** As in asset names; letters only, because `@sanity/export` accepts no others. */
  readonly extension: string
  readonly mimeType: string
  /**
   * `pixels`: can be decoded and transformed. `vector`: rendered when another format is requested.
   * `header`: no decoder, so it is served unchanged and described by its header.
   */
  readonly support: 'pixels' | 'vector' | 'header'
}

const format = (
  extension: string,
  mimeType: string,
  support: ImageFormat['support'] = 'pixels',
): ImageFormat => ({extension, mimeType, support})

const JPEG = format('jpg', 'image/jpeg')
const PNG = format('png', 'image/png')
const GIF = format('gif', 'image/gif')
const WEBP = format('webp', 'image/webp')
const TIFF = format('tif', 'image/tiff')
const AVIF = format('avif', 'image/avif')
const HEIC = format('heic', 'image/heic', 'header')
const SVG = format('svg', 'image/svg+xml', 'vector')
const BMP = format('bmp', 'image/bmp', 'header')
const PSD = format('psd', 'image/vnd.adobe.photoshop', 'header')

const FORMATS = [JPEG, PNG, GIF, WEBP, TIFF, AVIF, HEIC, SVG, BMP, PSD]

export const imageFormatOf = (extension: string): ImageFormat | undefined =>
  FORMATS.find((candidate) => candidate.extension === extension)

/** Bytes that `detectImageFormat` needs. An SVG may start with a long comment. */
export const HEAD_BYTES = 4096

const SIGNATURES: readonly (readonly [signature: string, format: ImageFormat])[] = [
  ['\xff\xd8\xff', JPEG],
  ['\x89PNG\r\n\x1a\n', PNG],
  ['GIF87a', GIF],
  ['GIF89a', GIF],
  ['II*\0', TIFF],
  ['MM\0*', TIFF],
  ['II+\0', TIFF],
  ['MM\0+', TIFF],
  ['8BPS\0\x01', PSD],
  ['BM', BMP],
]

/** ISO base media files name their format in the brands of their first box. */
const heifFormat = (text: string): ImageFormat | undefined => {
  if (text.slice(4, 8) !== 'ftyp') return undefined
  const brands = text.slice(8, Math.min(text.charCodeAt(3), 64))
  if (/avi[fs]/.test(brands)) return AVIF
  return /hei[cxms]|hev[cxms]/.test(brands) ? HEIC : undefined
}

/** The format of the image that starts with `head`; undefined for an unsupported one. */
export const detectImageFormat = (head: Uint8Array): ImageFormat | undefined => {
  const text = Buffer.from(head).toString('latin1')
  const signed = SIGNATURES.find(([signature]) => text.startsWith(signature))
  if (signed) return signed[1]
  if (text.startsWith('RIFF') && text.slice(8, 12) === 'WEBP') return WEBP
  const start = text.replace(/^\xef\xbb\xbf/, '').trimStart()
  return start.startsWith('<') && /<svg[\s>]/i.test(start) ? SVG : heifFormat(text)
}

/** The first `length` bytes of a file; fewer when the file is shorter. */
export const readStart = async (path: string, length: number): Promise<Buffer> => {
  const file = await open(path, 'r')
  try {
    const {buffer, bytesRead} = await file.read(Buffer.alloc(length), 0, length, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}
