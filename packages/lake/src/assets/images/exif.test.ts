import fc from 'fast-check'
import sharp from 'sharp'
import {describe, expect, it} from 'vitest'

import {readExif} from './exif.ts'

/** A TIFF file with one entry in its first directory. */
const tiff = (
  tag: number,
  type: number,
  count: number,
  value: Buffer<ArrayBuffer>,
  tail = Buffer.alloc(0),
): Buffer => {
  const head = Buffer.alloc(22)
  head.write('II*\0', 'latin1')
  head.writeUInt32LE(8, 4)
  head.writeUInt16LE(1, 8)
  head.writeUInt16LE(tag, 10)
  head.writeUInt16LE(type, 12)
  head.writeUInt32LE(count, 14)
  value.copy(head, 18)
  return Buffer.concat([head, Buffer.alloc(4), tail])
}

const u32 = (...values: number[]): Buffer<ArrayBuffer> => {
  const bytes = Buffer.alloc(values.length * 4)
  values.forEach((value, index) => bytes.writeUInt32LE(value, index * 4))
  return bytes
}

describe('readExif', () => {
  it('reads both byte orders', async () => {
    expect(readExif(tiff(0x0112, 3, 1, Buffer.from([6, 0, 0, 0]))).image).toEqual({Orientation: 6})
    const big = Buffer.from('4d4d002a00000008000101120003000000010006000000000000', 'hex')
    expect(readExif(big).image).toEqual({Orientation: 6})
  })

  it('reads values that lie outside of their entry', () => {
    const make = Buffer.from('Copydesk Cameras\0')
    expect(readExif(tiff(0x010f, 2, make.length, u32(26), make)).image).toEqual({
      Make: 'Copydesk Cameras',
    })
    expect(readExif(tiff(0x011a, 5, 1, u32(26), u32(300, 2))).image).toEqual({XResolution: 150})
  })

  it('leaves out what points outside, divides by zero, is binary or endless', () => {
    expect(readExif(tiff(0x010f, 2, 40, u32(26))).image).toEqual({})
    expect(readExif(tiff(0x010f, 2, 0xffffffff, u32(0))).image).toEqual({})
    expect(readExif(tiff(0x011a, 5, 1, u32(26), u32(300, 0))).image).toEqual({})
    expect(readExif(tiff(0x010f, 7, 4, u32(1))).image).toEqual({})
    expect(readExif(tiff(0x8769, 4, 1, u32(0xfffffff0)))).toEqual({
      image: {ExifOffset: 0xfffffff0},
      exif: {},
    })
    expect(readExif(Buffer.from('Exif\0\0'))).toEqual({image: {}, exif: {}})
  })

  it('keeps an invalid date unchanged', () => {
    const date = Buffer.from('0000:00:00 00:00:00\0')
    expect(readExif(tiff(0x0132, 2, date.length, u32(26), date)).image).toEqual({
      ModifyDate: '0000:00:00 00:00:00',
    })
  })

  it('knows heights below the sea, and places given in degrees alone', () => {
    const values = 26 + 2 + 6 * 12 + 4
    const entries: [tag: number, type: number, count: number, value: number][] = [
      [1, 2, 2, 'S'.charCodeAt(0)],
      [2, 5, 1, values],
      [3, 2, 2, 'W'.charCodeAt(0)],
      [4, 5, 1, values + 8],
      [5, 1, 1, 1],
      [6, 5, 1, values + 16],
    ]
    const directory = entries.map(([tag, type, count, value]) => {
      const entry = Buffer.alloc(12)
      entry.writeUInt16LE(tag)
      entry.writeUInt16LE(type, 2)
      entry.writeUInt32LE(count, 4)
      entry.writeUInt32LE(value, 8)
      return entry
    })
    const numbers = u32(1, 2, 41, 4, 5, 2)
    const gps = Buffer.concat([Buffer.from([6, 0]), ...directory, Buffer.alloc(4), numbers])
    expect(readExif(tiff(0x8825, 4, 1, u32(26), gps)).location).toEqual({
      _type: 'geopoint',
      lat: -0.5,
      lng: -10.25,
      alt: -2.5,
    })
  })

  it('never throws, whatever the bytes, and gives only JSON', async () => {
    const image = sharp({create: {width: 8, height: 8, channels: 3, background: 'red'}})
    const jpeg = await image
      .withExif({
        IFD0: {Make: 'x'.repeat(40)},
        IFD2: {FNumber: '28/10'},
        IFD3: {GPSLatitudeRef: 'N'},
      })
      .jpeg()
      .toBuffer()
    const {exif: block = Buffer.alloc(0)} = await sharp(jpeg).metadata()
    expect(readExif(block).exif).toMatchObject({FNumber: 2.8})
    const damage = fc.array(fc.tuple(fc.nat(block.length - 1), fc.nat(255)), {
      minLength: 1,
      maxLength: 8,
    })
    fc.assert(
      fc.property(damage, fc.nat(block.length), (changes, length) => {
        const damaged = Buffer.from(block)
        for (const [at, value] of changes) damaged[at] = value
        const found = readExif(damaged.subarray(0, length))
        expect(JSON.parse(JSON.stringify(found))).toEqual(found)
      }),
      {numRuns: 5000},
    )
  })
})
