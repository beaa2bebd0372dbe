import {createLake, startServer} from '@copydesk/lake'
import {createClient} from '@sanity/client'
import fc from 'fast-check'
import sharp from 'sharp'
import {expect, it} from 'vitest'

import {pictureOf} from './pictures.ts'

const imageBase = 'https://site.example/pictures'
const asset = {_ref: 'image-0123456789abcdef0123456789abcdef01234567-2400x1600-jpg'}

const widthsIn = (srcset: string | undefined): number[] =>
  [...(srcset ?? '').matchAll(/ (\d+)w/g)].map(([, width]) => Number(width))

it('has sizes up to its own, and a middle one for machines', () => {
  const picture = pictureOf(
    {asset, alt: 'A ferry', lqip: 'data:image/png;base64,AA=='},
    {imageBase},
  )
  expect(widthsIn(picture?.srcset)).toEqual([320, 480, 640, 960, 1280, 1920, 2400])
  expect(picture).toMatchObject({
    src: `${imageBase}/0123456789abcdef0123456789abcdef01234567-2400x1600.jpg?w=1280&fit=max&auto=format`,
    width: 1280,
    height: 853,
    sizes: '100vw',
    alt: 'A ferry',
    lqip: 'data:image/png;base64,AA==',
    focus: {x: 0.5, y: 0.5},
  })
})

it('a decoration has no alternative text', () => {
  expect(pictureOf({asset, alt: 'A line', decorative: true}, {imageBase})?.alt).toBe('')
  expect(pictureOf({asset}, {imageBase})?.alt).toBe('')
})

it.each([
  null,
  undefined,
  {},
  {asset: null},
  {asset: {_ref: 'file-abc-pdf'}},
  {asset: {_ref: 'image-a-0x0-jpg'}},
])('there is none in %j', (figure) => {
  expect(pictureOf(figure, {imageBase})).toBeNull()
})

it('a drawing has one address', () => {
  const drawing = {asset: {_ref: 'image-0123456789abcdef-40x20-svg'}}
  expect(pictureOf(drawing, {imageBase, ratio: 1})).toMatchObject({
    src: `${imageBase}/0123456789abcdef-40x20.svg`,
    srcset: '',
    width: 40,
    height: 20,
  })
})

it('is never wider than what the crop leaves, in any ratio, and its focus is inside', () => {
  const share = fc.double({min: 0, max: 0.6, noNaN: true})
  const figures = fc.record({
    width: fc.integer({min: 1, max: 5000}),
    height: fc.integer({min: 1, max: 5000}),
    crop: fc.record({top: share, bottom: share, left: share, right: share}),
    hotspot: fc.record({x: share, y: share, width: share, height: share}),
    ratio: fc.constantFrom(undefined, 1, 16 / 9, 4 / 3, 0.5),
  })
  fc.assert(
    fc.property(figures, ({width, height, crop, hotspot, ratio}) => {
      const picture = pictureOf(
        {asset: {_ref: `image-a-${width}x${height}-png`}, crop, hotspot},
        {imageBase, ...(ratio !== undefined && {ratio})},
      )
      const {left, right, top, bottom} = crop
      const isCrop = left + right < 1 && top + bottom < 1
      const cropped = Math.round(isCrop ? width * (1 - left - right) : width)
      for (const offered of widthsIn(picture?.srcset)) {
        expect(offered).toBeLessThanOrEqual(Math.max(1, cropped))
        expect(offered).toBeGreaterThan(0)
      }
      expect(picture?.src).not.toMatch(/NaN|[=,]-/)
      for (const place of [picture?.focus.x, picture?.focus.y]) {
        expect(place).toBeGreaterThanOrEqual(0)
        expect(place).toBeLessThanOrEqual(1)
      }
    }),
  )
})

it('is on the lake in the size it states', async () => {
  await using lake = createLake()
  const server = await startServer({lake, port: 0})
  const {projectId, token} = lake
  const client = createClient({
    apiHost: server.url,
    useProjectHostname: false,
    projectId,
    dataset: 'production',
    apiVersion: '2025-02-19',
    useCdn: false,
    token,
  })
  const blue = {create: {width: 600, height: 400, channels: 3 as const, background: 'blue'}}
  const {_id} = await client.assets.upload('image', await sharp(blue).png().toBuffer())
  const figure = {
    asset: {_ref: _id},
    crop: {top: 0.1, bottom: 0.1, left: 0.25, right: 0.25},
    hotspot: {x: 0.3, y: 0.5, width: 0.1, height: 0.1},
  }
  const place = `${server.url}/images/${projectId}/production`
  for (const ratio of [undefined, 1, 16 / 9]) {
    const picture = pictureOf(figure, {
      imageBase: place,
      widths: [100, 5000],
      ...(ratio !== undefined && {ratio}),
    })
    const response = await fetch(picture?.src ?? '')
    const {width, height} = await sharp(Buffer.from(await response.arrayBuffer())).metadata()
    expect([width, height]).toEqual([picture?.width, picture?.height])
    expect(widthsIn(picture?.srcset)).toEqual([100, 300])
  }
  await server.close()
})
