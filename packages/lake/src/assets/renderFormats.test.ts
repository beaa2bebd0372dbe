/** The formats of rendered images, over what sharp reads back from them. */
import sharp from 'sharp'
import {afterAll, beforeAll, describe, expect, it} from 'vitest'

import type {JsonObject} from '../core/document.ts'
import {
  bodyOf,
  corners,
  createTestAssets,
  GREEN,
  look,
  quadrants,
  RED,
  type TestAssets,
} from './testAssets.ts'

let lab: TestAssets
/** 400×200, red and green above blue and yellow. */
let wide: JsonObject

beforeAll(async () => {
  lab = await createTestAssets()
  wide = await lab.upload('image', await quadrants(400, 200))
})
afterAll(() => lab[Symbol.asyncDispose]())

const formatOf = async (search: string, accept?: string, document = wide) => {
  const response = await lab.serve(document, {search, headers: accept ? {accept} : {}})
  const {format, isProgressive, pages} = await sharp(await bodyOf(response)).metadata()
  return {
    type: response.headers['content-type'],
    format,
    isProgressive,
    pages,
    vary: response.headers['vary'],
  }
}

describe('formats', () => {
  it.each([
    ['w=10', 'image/png', 'png'],
    ['w=10&fm=jpg', 'image/jpeg', 'jpeg'],
    ['w=10&fm=webp', 'image/webp', 'webp'],
    ['fm=webp', 'image/webp', 'webp'],
    ['fm=png', 'image/png', 'png'],
  ])('%s is %s', async (search, type, format) => {
    expect(await formatOf(search)).toMatchObject({type, format})
  })

  it('makes progressive JPEG of fm=pjpg only', async () => {
    expect(await formatOf('fm=pjpg')).toMatchObject({type: 'image/jpeg', isProgressive: true})
    expect(await formatOf('fm=jpg')).toMatchObject({isProgressive: false})
  })

  it('lets the accept header choose with auto=format', async () => {
    const chrome = 'image/avif,image/webp,image/apng,image/svg+xml,image/*,*/*;q=0.8'
    expect(await formatOf('w=10&auto=format', chrome)).toMatchObject({
      type: 'image/webp',
      vary: 'accept',
    })
    expect(await formatOf('w=10&auto=format', 'image/avif, image/webp;q=0')).toMatchObject({
      type: 'image/avif',
    })
    expect(await formatOf('w=10&auto=format', '*/*')).toMatchObject({
      type: 'image/png',
      vary: 'accept',
    })
    expect(await formatOf('w=10&auto=format&fm=jpg', chrome)).toMatchObject({type: 'image/jpeg'})
    const untouched = await lab.serve(wide, {search: 'auto=format'})
    expect(untouched.headers).toMatchObject({'x-sanity-sha1': wide['sha1hash'], vary: 'accept'})
  })

  it('makes smaller files of less quality', async () => {
    const photo = await sharp({
      create: {
        width: 300,
        height: 200,
        channels: 3,
        background: 'black',
        noise: {type: 'gaussian', mean: 128, sigma: 40},
      },
    })
      .jpeg({quality: 95})
      .toBuffer()
    const document = await lab.upload('image', photo)
    const bytes = async (search: string) =>
      (await bodyOf(await lab.serve(document, {search}))).length
    const [low, usual, high] = [
      await bytes('w=200&q=10'),
      await bytes('w=200'),
      await bytes('w=200&q=95'),
    ]
    expect(low).toBeLessThan(usual)
    expect(usual).toBeLessThan(high)
    expect(await bytes('w=200&q=75')).toBe(usual)
  })

  it('describes the result with fm=json', async () => {
    const response = await lab.serve(wide, {search: 'fm=json&w=100'})
    expect(response.headers['content-type']).toMatch(/^application\/json/)
    expect(JSON.parse(String(await bodyOf(response)))).toEqual({
      width: 100,
      height: 50,
      frames: 1,
      contentLength: wide['size'],
      contentType: 'image/png',
    })
  })
})

const frames = async (document: JsonObject, search: string, accept = '') => {
  const bytes = await bodyOf(await lab.serve(document, {search, headers: {accept}}))
  const {pages = 1, height, width, format, delay} = await sharp(bytes).metadata()
  return {pages, size: `${width}x${height}`, format, delay}
}

describe('animations', () => {
  let document: JsonObject
  beforeAll(async () => {
    const [first, second] = await Promise.all([
      quadrants(40, 20),
      sharp(await quadrants(40, 20))
        .flop()
        .toBuffer(),
    ])
    const animation = await sharp([first, second], {join: {animated: true}})
      .gif({delay: [100, 200]})
      .toBuffer()
    document = await lab.upload('image', animation)
  })

  it('stay animations', async () => {
    expect(document['_id']).toMatch(/-40x20-gif$/)
    expect(await frames(document, 'w=20')).toEqual({
      pages: 2,
      size: '20x10',
      format: 'gif',
      delay: [100, 200],
    })
    expect(await frames(document, 'w=20&auto=format', 'image/avif,image/webp')).toMatchObject({
      pages: 2,
      format: 'webp',
    })
    expect(await frames(document, 'w=10&h=10&fit=crop&crop=left')).toMatchObject({
      pages: 2,
      size: '10x10',
    })
    expect(await frames(document, 'w=20&h=20&fit=fill&bg=000')).toMatchObject({
      pages: 2,
      size: '20x20',
    })
  })

  it('crop each frame', async () => {
    const bytes = await bodyOf(await lab.serve(document, {search: 'w=10&h=10&fit=crop&crop=left'}))
    const colours = await Promise.all(
      [0, 1].map(
        async (page) => corners(await look(await sharp(bytes, {page}).png().toBuffer()))[0],
      ),
    )
    expect(colours).toEqual([RED, GREEN])
  })

  it('show their first frame where the output has one only, or when asked', async () => {
    for (const search of ['w=20&frame=1', 'w=20&fm=png', 'w=20&or=90', 'w=20&flip=v']) {
      expect(await frames(document, search)).toMatchObject({pages: 1})
    }
    const {frames: count} = JSON.parse(
      String(await bodyOf(await lab.serve(document, {search: 'fm=json'}))),
    )
    expect(count).toBe(2)
  })
})
