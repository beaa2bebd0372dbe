import {createImageUrlBuilder} from '@sanity/image-url'
import sharp from 'sharp'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'

import {openTarget, type Target} from './target.ts'

let target: Target
const uploaded: string[] = []
beforeAll(async () => {
  target = await openTarget()
})
afterAll(async () => {
  for (const id of uploaded) await target.client().delete(id)
  await target.close()
})

const picture = (): Promise<Buffer> => {
  // A random colour, so that a hosted dataset does not have the image already.
  const background = {r: Math.random() * 255, g: Math.random() * 255, b: 0}
  return sharp({create: {width: 60, height: 40, channels: 3, background}})
    .png()
    .toBuffer()
}

describe('POST /assets', () => {
  test('an image, its document and its original bytes', async () => {
    const bytes = await picture()
    const document = await target
      .client()
      .assets.upload('image', bytes, {filename: 'a.png', title: 'A', extract: ['palette', 'lqip']})
    uploaded.push(document._id)
    expect(document).toMatchObject({
      _type: 'sanity.imageAsset',
      _id: `image-${document['sha1hash']}-60x40-png`,
      originalFilename: 'a.png',
      title: 'A',
      size: bytes.length,
      metadata: {
        dimensions: {width: 60, height: 40, aspectRatio: 1.5},
        lqip: expect.stringMatching(/^data:image\//),
        palette: {dominant: {background: expect.stringMatching(/^#/)}},
      },
    })
    const response = await fetch(document.url)
    expect(response.headers.get('content-type')).toBe('image/png')
    expect(Buffer.from(await response.arrayBuffer()).equals(bytes)).toBe(true)
  })

  test('the same bytes twice are one asset', async () => {
    const bytes = await picture()
    const upload = () => target.client().assets.upload('image', bytes)
    const [first, second] = [await upload(), await upload()]
    uploaded.push(first._id)
    expect(second._id).toBe(first._id)
  })

  test('a file', async () => {
    const text = `a report of ${Date.now()}`
    const document = await target
      .client()
      .assets.upload('file', Buffer.from(text), {filename: 'report.txt', contentType: 'text/plain'})
    uploaded.push(document._id)
    expect(document).toMatchObject({_type: 'sanity.fileAsset', extension: 'txt'})
    expect(await (await fetch(document.url)).text()).toBe(text)
  })
})

describe('GET /images', () => {
  test('transformed as @sanity/image-url asks', async () => {
    const document = await target.client().assets.upload('image', await picture())
    uploaded.push(document._id)
    const parameters = new URL(
      createImageUrlBuilder({projectId: target.projectId, dataset: target.dataset})
        .image({asset: {_ref: document._id}})
        .width(30)
        .format('jpg')
        .url(),
    ).search
    const response = await fetch(document.url + parameters)
    expect(response.headers.get('content-type')).toBe('image/jpeg')
    const {width, height, format} = await sharp(await response.arrayBuffer()).metadata()
    expect({width, height, format}).toEqual({width: 30, height: 20, format: 'jpeg'})
  })

  // sanity.io/docs/changelog/98358e5d-40d0-4b5f-bb39-0e275ac6d238
  test('an animated GIF is resized and stays animated, or shows its first frame', async () => {
    const frames = await Promise.all([picture(), picture()])
    const moving = await sharp(frames, {join: {animated: true}})
      .gif({delay: [100, 200]})
      .toBuffer()
    const document = await target.client().assets.upload('image', moving)
    uploaded.push(document._id)
    const url = createImageUrlBuilder({projectId: target.projectId, dataset: target.dataset})
      .image({asset: {_ref: document._id}})
      .width(30)
    const shown = async (search: string) => {
      const response = await fetch(document.url + search)
      const {format, width, pages = 1} = await sharp(await response.arrayBuffer()).metadata()
      return {format, width, pages}
    }
    const {search} = new URL(url.url())
    expect(await shown(search)).toEqual({format: 'gif', width: 30, pages: 2})
    expect(await shown(`${search}&frame=1`)).toEqual({format: 'gif', width: 30, pages: 1})
  })
})

describe('a download', () => {
  test('suggests the name asked for, or else that of the uploaded file', async () => {
    const document = await target
      .client()
      .assets.upload('image', await picture(), {filename: 'Harbour at dawn.png'})
    uploaded.push(document._id)
    const suggested = async (search: string) =>
      (await fetch(document.url + search)).headers.get('content-disposition')
    expect(await suggested('?dl')).toMatch(/^attachment.*Harbour at dawn\.png/)
    expect(await suggested('?dl=other.png')).toMatch(/^attachment.*other\.png/)
  })
})
