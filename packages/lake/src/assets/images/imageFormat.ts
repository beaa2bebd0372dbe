/** The first bytes of a file: enough to tell what is in it. */
import {open} from 'node:fs/promises'

/**
 * Which image format bytes are in, by their first bytes: neither the file name nor the content type
 * of an upload is believed, and only formats known here are ever handed to a decoder.
 */

export interface ImageFormat {
  /** As in asset names; letters only, because `@sanity/export` knows no others. */
  readonly extension: string
  readonly mimeType: string
  /**
   * `pixels`: decoded and transformed. `vector`: drawn when another format is asked for.
   * `header`: no decoder here, so kept, served as it is, and described by its header alone.
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

/** How many bytes `detectImageFormat` wants to see. An SVG may have a long comment at its head. */
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

/** ISO base media files say what they are in the brands of their first box. */
const heifFormat = (text: string): ImageFormat | undefined => {
  if (text.slice(4, 8) !== 'ftyp') return undefined
  const brands = text.slice(8, Math.min(text.charCodeAt(3), 64))
  if (/avi[fs]/.test(brands)) return AVIF
  return /hei[cxms]|hev[cxms]/.test(brands) ? HEIC : undefined
}

/** The format of the image that starts with `head`; undefined when it is none that can be kept. */
export const detectImageFormat = (head: Uint8Array): ImageFormat | undefined => {
  const text = Buffer.from(head).toString('latin1')
  const signed = SIGNATURES.find(([signature]) => text.startsWith(signature))
  if (signed) return signed[1]
  if (text.startsWith('RIFF') && text.slice(8, 12) === 'WEBP') return WEBP
  const start = text.replace(/^\xef\xbb\xbf/, '').trimStart()
  return start.startsWith('<') && /<svg[\s>]/i.test(start) ? SVG : heifFormat(text)
}

/** @returns At most `length` bytes; fewer when the file is shorter. */
export const readStart = async (path: string, length: number): Promise<Buffer> => {
  const file = await open(path, 'r')
  try {
    const {buffer, bytesRead} = await file.read(Buffer.alloc(length), 0, length, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}
