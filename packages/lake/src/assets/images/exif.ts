/**
 * Reads EXIF data (a small TIFF file that cameras write into images) for `meta=image`, `meta=exif` and
 * `meta=location`. The data comes from an untrusted file, so every offset is checked, and invalid
 * values are left out.
 */
import type {Json, JsonObject} from '../../core/document.ts'
import {EXIF_TAGS, GPS_TAGS, IMAGE_TAGS} from './exifTags.ts'

export interface Exif {
  readonly image: JsonObject
  readonly exif: JsonObject
  /** A geopoint; undefined when the image has no position. */
  readonly location?: JsonObject
}

/** No known tag has more values; an entry with more is damaged. */
const MAX_VALUES = 64
const MAX_TEXT = 4096
/** Entries of one directory; cameras write a few dozen. */
const MAX_ENTRIES = 1000

interface Reader {
  readonly view: DataView
  readonly little: boolean
}

type ReadValue = (reader: Reader, offset: number) => number

const u8: ReadValue = ({view}, at) => view.getUint8(at)
const u16: ReadValue = ({view, little}, at) => view.getUint16(at, little)
const u32: ReadValue = ({view, little}, at) => view.getUint32(at, little)
const s32: ReadValue = ({view, little}, at) => view.getInt32(at, little)

/** Size in bytes and reader of the TIFF field types with a number in them (TIFF 6.0, section 2). */
const NUMBERS: ReadonlyMap<number, readonly [size: number, read: ReadValue]> = new Map([
  [1, [1, u8]],
  [3, [2, u16]],
  [4, [4, u32]],
  [5, [8, (reader, at) => u32(reader, at) / u32(reader, at + 4)]],
  [8, [2, ({view, little}, at) => view.getInt16(at, little)]],
  [9, [4, s32]],
  [10, [8, (reader, at) => s32(reader, at) / s32(reader, at + 4)]],
])
const TEXT = 2

const readText = ({view}: Reader, at: number, length: number): string => {
  const bytes = new Uint8Array(view.buffer, view.byteOffset + at, length)
  const [text = ''] = new TextDecoder().decode(bytes).split('\0')
  const date = /^(\d{4}):(\d\d):(\d\d) (\d\d:\d\d:\d\d)$/.exec(text)
  if (!date) return text.trim()
  // Cameras write no time zone here; like sanity.io, read it as UTC.
  const iso = `${date[1]}-${date[2]}-${date[3]}T${date[4]}.000Z`
  return Number.isNaN(Date.parse(iso)) ? text : iso
}

/** The value of the 12-byte entry at `at`; undefined when it is binary, damaged or not a number. */
const readEntry = (reader: Reader, at: number): Json | undefined => {
  const type = u16(reader, at + 2)
  const count = u32(reader, at + 4)
  const [size, read] = type === TEXT ? [1, undefined] : (NUMBERS.get(type) ?? [0, undefined])
  if (size === 0 || count === 0 || count > (read ? MAX_VALUES : MAX_TEXT)) return undefined
  const start = size * count <= 4 ? at + 8 : u32(reader, at + 8)
  if (start + size * count > reader.view.byteLength) return undefined
  if (!read) return readText(reader, start, count)
  const values = Array.from({length: count}, (_, index) => read(reader, start + index * size))
  if (!values.every(Number.isFinite)) return undefined
  return count === 1 ? values[0] : values
}

const readDirectory = (
  reader: Reader,
  offset: Json | undefined,
  tags: ReadonlyMap<number, string>,
): Record<string, Json> => {
  const found: Record<string, Json> = {}
  const end = reader.view.byteLength
  if (typeof offset !== 'number' || offset < 8 || offset + 2 > end) return found
  const entries = Math.min(u16(reader, offset), MAX_ENTRIES)
  for (let index = 0; index < entries; index += 1) {
    const at = offset + 2 + index * 12
    if (at + 12 > end) break
    const name = tags.get(u16(reader, at))
    const value = name === undefined ? undefined : readEntry(reader, at)
    if (name !== undefined && value !== undefined) found[name] = value
  }
  return found
}

/** Degrees, minutes and seconds as degrees. */
const degrees = (value: Json | undefined, reference: Json | undefined): number | undefined => {
  const parts = [value].flat().filter((part) => typeof part === 'number')
  const [whole, minutes = 0, seconds = 0] = parts
  if (whole === undefined) return undefined
  const sum = whole + minutes / 60 + seconds / 3600
  return reference === 'S' || reference === 'W' ? -sum : sum
}

const locationOf = (gps: JsonObject): JsonObject | undefined => {
  const lat = degrees(gps['Latitude'], gps['LatitudeRef'])
  const lng = degrees(gps['Longitude'], gps['LongitudeRef'])
  if (lat === undefined || lng === undefined || Math.abs(lat) > 90 || Math.abs(lng) > 180) {
    return undefined
  }
  const height = gps['Altitude']
  const point = {_type: 'geopoint', lat, lng}
  return typeof height === 'number'
    ? {...point, alt: gps['AltitudeRef'] === 1 ? -height : height}
    : point
}

/** @param block As `sharp().metadata().exif`: `Exif\0\0` and a TIFF file. */
export const readExif = (block: Uint8Array): Exif => {
  const prefixed = Buffer.from(block.subarray(0, 6)).toString('latin1') === 'Exif\0\0'
  const tiff = prefixed ? block.subarray(6) : block
  const view = new DataView(tiff.buffer, tiff.byteOffset, tiff.byteLength)
  const order = tiff.byteLength < 8 ? 0 : view.getUint16(0)
  const reader = {view, little: order === 0x4949}
  if ((order !== 0x4949 && order !== 0x4d4d) || u16(reader, 2) !== 42) return {image: {}, exif: {}}
  const image = readDirectory(reader, u32(reader, 4), IMAGE_TAGS)
  const exif = readDirectory(reader, image['ExifOffset'], EXIF_TAGS)
  const location = locationOf(readDirectory(reader, image['GPSInfo'], GPS_TAGS))
  return {image, exif, ...(location ? {location} : {})}
}
