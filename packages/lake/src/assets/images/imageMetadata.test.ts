import {isBlurhashValid} from 'blurhash'
import sharp, {type Create} from 'sharp'
import {thumbHashToAverageRGBA} from 'thumbhash'
import {afterAll, beforeAll, describe, expect, it} from 'vitest'

import type {JsonObject} from '../../core/document.ts'
import {
  corners,
  createTestAssets,
  look,
  quadrants,
  RED,
  refusal,
  type TestAssets,
} from '../testAssets.ts'

let lab: TestAssets
beforeAll(async () => {
  lab = await createTestAssets()
})
afterAll(() => lab[Symbol.asyncDispose]())

/** Each call asks for other metadata of the same bytes, so each is a dataset of its own. */
const metadataOf = async (bytes: Uint8Array, search = ''): Promise<JsonObject> => {
  lab.documents.clear()
  return JSON.parse(JSON.stringify((await lab.upload('image', bytes, {search}))['metadata']))
}

const fromDataUrl = (value: unknown): Buffer =>
  Buffer.from(String(value).split(',')[1] ?? '', 'base64')

const plain = (width: number, height: number, background: Create['background']): Promise<Buffer> =>
  sharp({create: {width, height, channels: 4, background}})
    .png()
    .toBuffer()

describe('what is always there', () => {
  it('is the size, and whether anything shines through', async () => {
    expect(await metadataOf(await quadrants(400, 300), 'meta=none')).toEqual({
      _type: 'sanity.imageMetadata',
      dimensions: {
        _type: 'sanity.imageDimensions',
        width: 400,
        height: 300,
        aspectRatio: 400 / 300,
      },
      hasAlpha: false,
      isOpaque: true,
    })
    const opaque = await plain(10, 10, RED)
    expect(await metadataOf(opaque, 'meta=none')).toMatchObject({hasAlpha: true, isOpaque: true})
  })

  it('finds a single transparent pixel in a large image', async () => {
    const hole = await sharp({
      create: {width: 1, height: 1, channels: 4, background: {r: 0, g: 0, b: 0, alpha: 0.5}},
    })
      .png()
      .toBuffer()
    const image = await sharp(await plain(2000, 2000, RED))
      .composite([{input: hole, left: 1234, top: 567, blend: 'dest-in'}])
      .png()
      .toBuffer()
    expect(await metadataOf(image, 'meta=none')).toMatchObject({isOpaque: false})
  })

  it('measures a turned photograph as it is seen', async () => {
    const photo = await sharp(await quadrants(400, 200))
      .withMetadata({orientation: 8})
      .jpeg()
      .toBuffer()
    const metadata = await metadataOf(photo)
    expect(metadata).toMatchObject({dimensions: {width: 200, height: 400, aspectRatio: 0.5}})
    const preview = await look(fromDataUrl(metadata['lqip']))
    expect(`${preview.width}x${preview.height}`).toBe('20x40')
    expect(preview.at(0.1, 0.1)).toMatch(/^#[0-4].f[0-9a-f][0-4].$/)
  })
})

describe('what is there unless asked otherwise', () => {
  it('is lqip, blurHash and palette', async () => {
    const metadata = await metadataOf(await quadrants(400, 300))
    expect(Object.keys(metadata).toSorted()).toEqual(
      ['_type', 'blurHash', 'dimensions', 'hasAlpha', 'isOpaque', 'lqip', 'palette'].toSorted(),
    )
  })

  it('takes only what `meta` names, repeated or joined by commas', async () => {
    const image = await quadrants(40, 30)
    const names = async (search: string) =>
      Object.keys(await metadataOf(image, search)).filter((name) =>
        /[Hh]ash|lqip|palette/.test(name),
      )
    expect(await names('meta=lqip')).toEqual(['lqip'])
    expect(await names('meta=lqip&meta=thumbhash')).toEqual(['lqip', 'thumbHash'])
    expect(await names('meta=palette,blurhash')).toEqual(['blurHash', 'palette'])
    expect((await refusal(() => names('meta=dimensions'))).status).toBe(400)
  })

  it('makes lqip 20 pixels wide: JPEG of opaque, PNG of transparent images', async () => {
    const {lqip} = await metadataOf(await quadrants(400, 300), 'meta=lqip')
    expect(lqip).toMatch(/^data:image\/jpeg;base64,/)
    const opaque = await look(fromDataUrl(lqip))
    expect([opaque.width, opaque.height]).toEqual([20, 15])
    const clear = await metadataOf(await plain(60, 40, {r: 255, g: 0, b: 0, alpha: 0}), 'meta=lqip')
    expect(clear['lqip']).toMatch(/^data:image\/png;base64,/)
    expect(corners(await look(fromDataUrl(clear['lqip'])))).toEqual([
      'clear',
      'clear',
      'clear',
      'clear',
    ])
    const tall = await metadataOf(await plain(1, 3000, RED), 'meta=lqip')
    expect((await look(fromDataUrl(tall['lqip']))).height).toBe(200)
  })

  it.each([
    [400, 300, 5, 4],
    [4000, 3000, 5, 4],
    [200, 300, 4, 5],
    [100, 100, 5, 5],
    [300, 10, 5, 1],
  ])('gives the blurHash of %i×%i %i×%i components', async (width, height, across, down) => {
    const {blurHash} = await metadataOf(await plain(width, height, RED), 'meta=blurhash')
    expect(isBlurhashValid(String(blurHash)).result).toBe(true)
    const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
    expect(digits.indexOf(String(blurHash).charAt(0))).toBe(across - 1 + (down - 1) * 9)
  })

  it('makes a thumbHash of the image', async () => {
    const {thumbHash} = await metadataOf(await plain(300, 200, '#ff8000'), 'meta=thumbhash')
    const {r, g, b, a} = thumbHashToAverageRGBA(Buffer.from(String(thumbHash), 'base64'))
    expect([r, g, b, a].map((value) => Math.round(value * 10) / 10)).toEqual([1, 0.5, 0, 1])
  })
})

describe('camera and place', () => {
  let photo: Buffer
  beforeAll(async () => {
    photo = await sharp(await quadrants(40, 30))
      .withExif({
        IFD0: {Make: 'Nikon', Model: 'Z 9', DateTime: '2024:02:29 10:20:30'},
        IFD2: {
          DateTimeOriginal: '2024:02:29 10:20:30',
          FNumber: '28/10',
          ExposureBiasValue: '-1/3',
          ISOSpeedRatings: '400',
          LensSpecification: '24/1 70/1 28/10 28/10',
          LensModel: 'NIKKOR 24-70mm',
        },
        IFD3: {
          GPSLatitudeRef: 'S',
          GPSLatitude: '33/1 51/1 3150/100',
          GPSLongitudeRef: 'E',
          GPSLongitude: '151/1 12/1 4050/100',
          GPSAltitude: '25/10',
        },
      })
      .jpeg()
      .toBuffer()
  })

  it('stay in the file unless they are asked for', async () => {
    const metadata = await metadataOf(photo)
    expect(metadata).not.toHaveProperty('exif')
    expect(metadata).not.toHaveProperty('image')
    expect(metadata).not.toHaveProperty('location')
  })

  it('come when they are', async () => {
    const metadata = await metadataOf(photo, 'meta=exif&meta=image&meta=location')
    expect(metadata['image']).toMatchObject({
      _type: 'sanity.imageExifTags',
      Make: 'Nikon',
      Model: 'Z 9',
      ModifyDate: '2024-02-29T10:20:30.000Z',
    })
    expect(metadata['exif']).toMatchObject({
      _type: 'sanity.imageExifMetadata',
      DateTimeOriginal: '2024-02-29T10:20:30.000Z',
      FNumber: 2.8,
      ExposureBiasValue: -1 / 3,
      ISO: 400,
      LensSpecification: [24, 70, 2.8, 2.8],
      LensModel: 'NIKKOR 24-70mm',
    })
    expect(metadata['location']).toEqual({
      _type: 'geopoint',
      lat: -(33 + 51 / 60 + 31.5 / 3600),
      lng: 151 + 12 / 60 + 40.5 / 3600,
      alt: 2.5,
    })
  })

  it('come one by one', async () => {
    expect(Object.keys(await metadataOf(photo, 'meta=location'))).toContain('location')
    expect(Object.keys(await metadataOf(photo, 'meta=location'))).not.toContain('exif')
  })
})
