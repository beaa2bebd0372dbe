import {readdir} from 'node:fs/promises'

import sharp from 'sharp'
import {afterAll, beforeAll, describe, expect, it} from 'vitest'

import type {JsonObject} from '../core/document.ts'
import {
  bodyOf,
  createTestAssets,
  look,
  quadrants,
  refusal,
  type TestAssets,
  testRequest,
} from './testAssets.ts'

let lab: TestAssets
let image: JsonObject
let imageBytes: Buffer
let file: JsonObject
const text = 'All the news that is fit to serve.'

beforeAll(async () => {
  lab = await createTestAssets()
  imageBytes = await quadrants(80, 40)
  image = await lab.upload('image', imageBytes)
  file = await lab.upload('file', Buffer.from(text), {search: 'filename=news.txt'})
})
afterAll(() => lab[Symbol.asyncDispose]())

describe('an original', () => {
  it('comes as it was uploaded, for ever', async () => {
    const response = await lab.serve(image)
    expect(response.status).toBe(200)
    expect(await bodyOf(response)).toEqual(imageBytes)
    expect(response.headers).toEqual({
      'content-type': 'image/png',
      'content-length': String(imageBytes.length),
      'x-content-type-options': 'nosniff',
      'x-sanity-sha1': image['sha1hash'],
      etag: `"${image['sha1hash']}"`,
      'accept-ranges': 'bytes',
      'cache-control': 'public, max-age=31536000, immutable',
    })
  })

  it('answers HEAD with the same headers and no body', async () => {
    const [get, head] = await Promise.all([lab.serve(file), lab.serve(file, {method: 'HEAD'})])
    expect(head).toEqual({status: 200, headers: get.headers, body: null})
    expect(head.headers['content-type']).toBe('text/plain; charset=utf-8')
  })

  it('is not sent to who has it', async () => {
    const etag = `"${file['sha1hash']}"`
    for (const known of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      const response = await lab.serve(file, {headers: {'if-none-match': known}})
      expect(response).toMatchObject({status: 304, body: null, headers: {etag}})
      expect(response.headers).not.toHaveProperty('content-length')
    }
    expect((await lab.serve(file, {headers: {'if-none-match': '"other"'}})).status).toBe(200)
  })

  it('refuses other methods', async () => {
    expect((await refusal(() => lab.serve(file, {method: 'DELETE'}))).status).toBe(405)
  })

  it('comes with dlRaw whatever else is asked', async () => {
    const response = await lab.serve(image, {search: 'w=10&fm=jpg&dlRaw=true'})
    expect(await bodyOf(response)).toEqual(imageBytes)
    expect(response.headers['content-disposition']).toMatch(/^attachment/)
  })
})

describe('a range', () => {
  const last = text.length - 1
  it.each([
    ['bytes=0-2', 'All', `bytes 0-2/${text.length}`],
    ['bytes=4-6', 'the', `bytes 4-6/${text.length}`],
    ['bytes=28-', 'serve.', `bytes 28-${last}/${text.length}`],
    ['bytes=-6', 'serve.', `bytes 28-${last}/${text.length}`],
    ['bytes=-999', text, `bytes 0-${last}/${text.length}`],
    ['bytes=30-999', 'rve.', `bytes 30-${last}/${text.length}`],
  ])('%s is %s', async (range, expected, contentRange) => {
    const response = await lab.serve(file, {headers: {range}})
    expect(response.status).toBe(206)
    expect(String(await bodyOf(response))).toBe(expected)
    expect(response.headers).toMatchObject({
      'content-range': contentRange,
      'content-length': String(expected.length),
    })
  })

  it.each(['bytes=0-1,4-5', 'bytes=5-2', 'bytes=-', 'lines=1-2', 'bytes=a-b', ''])(
    '%s is the whole file',
    async (range) => {
      const response = await lab.serve(file, {headers: {range}})
      expect(response.status).toBe(200)
      expect(String(await bodyOf(response))).toBe(text)
    },
  )

  it('is only given of the file that the client knows', async () => {
    const range = 'bytes=0-2'
    const same = {range, 'if-range': `"${file['sha1hash']}"`}
    expect((await lab.serve(file, {headers: same})).status).toBe(206)
    expect((await lab.serve(file, {headers: {range, 'if-range': '"other"'}})).status).toBe(200)
  })

  it('outside of the file is refused with its size', async () => {
    for (const range of [`bytes=${text.length}-`, 'bytes=-0']) {
      const error = await refusal(() => lab.serve(file, {headers: {range}}))
      expect(error.status).toBe(416)
      expect(error.headers).toEqual({'content-range': `bytes */${text.length}`})
    }
  })
})

const dispositionOf = async (search: string, document = file) =>
  (await lab.serve(document, {search})).headers['content-disposition']

describe('a download', () => {
  it('has the name that is asked for, or the one of the asset', async () => {
    expect(await dispositionOf('dl=results.csv')).toBe(
      `attachment; filename="results.csv"; filename*=UTF-8''results.csv`,
    )
    const unnamed = await lab.upload('file', Buffer.from('unnamed'))
    expect(await dispositionOf('dl', unnamed)).toContain(`filename="${unnamed['sha1hash']}.`)
    expect(await dispositionOf('w=10&dl=small.png', image)).toContain('filename="small.png"')
    expect(await dispositionOf('fm=webp&dl', image)).toContain('-80x40.webp"')
    expect(await dispositionOf('')).toBeUndefined()
  })

  it('has the name of the uploaded file, if no other is asked for', async () => {
    const search = '?filename=Results%20of%20May.csv'
    const named = await lab.upload('file', Buffer.from('a,b'), {search})
    expect(await dispositionOf('dl', named)).toContain('filename="Results of May.csv"')
    expect(await dispositionOf('dl=', named)).toContain('filename="Results of May.csv"')
    expect(await dispositionOf('dlRaw=true', named)).toContain('filename="Results of May.csv"')
    expect(await dispositionOf('dl=other.csv', named)).toContain('filename="other.csv"')
    const bytes = await quadrants(20, 10)
    const photo = await lab.upload('image', bytes, {search: '?filename=Harbour.at.dawn.PNG'})
    expect(await dispositionOf('dl', photo)).toContain('filename="Harbour.at.dawn.PNG"')
    expect(await dispositionOf('w=10&dl', photo)).toContain('filename="Harbour.at.dawn.PNG"')
    expect(await dispositionOf('fm=webp&dl', photo)).toContain('filename="Harbour.at.dawn.webp"')
  })

  it('cannot put anything else into the header', async () => {
    const header = await dispositionOf(
      'dl=%22%0d%0aset-cookie:%20a=b%00..%2f..%5cK%C3%B8benhavn%20%F0%9F%93%B0.txt',
    )
    expect(header).toBe(
      `attachment; filename="___set-cookie: a=b_.._.._K_benhavn __.txt"; ` +
        `filename*=UTF-8''%22__set-cookie%3A%20a%3Db_.._.._K%C3%B8benhavn%20%F0%9F%93%B0.txt`,
    )
  })
})

describe('what could run code', () => {
  const sandbox = expect.stringMatching(/^default-src 'none';.*; sandbox$/)

  it.each(['html', 'xml', 'js', 'svg', 'txt', 'unknown'])(
    'is sandboxed: .%s',
    async (extension) => {
      const document = await lab.upload('file', Buffer.from('<script>alert(1)</script>'), {
        search: `filename=page.${extension}`,
      })
      expect((await lab.serve(document)).headers).toMatchObject({
        'content-security-policy': sandbox,
        'x-content-type-options': 'nosniff',
      })
    },
  )

  it.each(['png', 'mp4', 'mp3', 'pdf', 'woff2'])(
    'is not what players and viewers show: .%s',
    async (extension) => {
      const document = await lab.upload('file', Buffer.from(extension), {
        search: `filename=a.${extension}`,
      })
      expect((await lab.serve(document)).headers).not.toHaveProperty('content-security-policy')
    },
  )
})

const svg = (inside: string): Buffer =>
  Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="40" height="20">${inside}</svg>`,
  )

describe('a vector image', () => {
  const picture = svg('<script>alert(1)</script><rect width="20" height="20" fill="#ff0000"/>')

  it('stays one, sandboxed, unless another format is asked for', async () => {
    const document = await lab.upload('image', picture)
    for (const search of ['', 'w=500', 'auto=format', 'w=2000&fit=max&auto=format']) {
      const response = await lab.serve(document, {search, headers: {accept: 'image/webp'}})
      expect(await bodyOf(response)).toEqual(picture)
      expect(response.headers['content-security-policy']).toMatch(/sandbox/)
    }
  })

  it('is drawn at the size that is asked for, not enlarged', async () => {
    const document = await lab.upload('image', picture)
    const drawn = await look(await bodyOf(await lab.serve(document, {search: 'fm=png&w=1000'})))
    expect([drawn.width, drawn.height]).toEqual([1000, 500])
    expect([drawn.at(0.498, 0.5), drawn.at(0.502, 0.5)]).toEqual(['#ff0000', 'clear'])
    const max = await look(
      await bodyOf(await lab.serve(document, {search: 'fm=png&w=1000&fit=max'})),
    )
    expect([max.width, max.height]).toEqual([40, 20])
    const part = await look(
      await bodyOf(await lab.serve(document, {search: 'fm=png&rect=10,0,20,20&w=200&or=90'})),
    )
    expect([part.width, part.height, part.at(0.5, 0.1), part.at(0.5, 0.9)]).toEqual([
      200,
      200,
      '#ff0000',
      'clear',
    ])
  })

  it('draws nothing in that lies beside it', async () => {
    const secret = await lab.upload('image', await quadrants(40, 20))
    const {pathname} = new URL(String(secret['url']))
    const reading = ['file', 'href'].map((_, index) => {
      const folder = `${lab.folder}/datasets/production/images`
      const target =
        index === 0 ? `file://${folder}/${pathname.split('/').at(-1)}` : pathname.split('/').at(-1)
      return svg(`<image href="${target}" xlink:href="${target}" width="40" height="20"/>`)
    })
    for (const bytes of reading) {
      const document = await lab.upload('image', bytes)
      const drawn = await look(await bodyOf(await lab.serve(document, {search: 'fm=png'})))
      expect([drawn.at(0.1, 0.1), drawn.at(0.9, 0.9)]).toEqual(['clear', 'clear'])
    }
  })
})

describe('a transformed image', () => {
  it('has a tag of its own, known before it is made', async () => {
    const response = await lab.serve(image, {search: 'w=20'})
    expect(response.headers).toMatchObject({
      'content-type': 'image/png',
      'cache-control': 'public, max-age=31536000, immutable',
      'x-content-type-options': 'nosniff',
    })
    const etag = String(response.headers['etag'])
    expect(etag).not.toContain(String(image['sha1hash']))
    const again = await lab.serve(image, {search: 'w=20', headers: {'if-none-match': etag}})
    expect(again).toMatchObject({status: 304, body: null})
    expect((await lab.serve(image, {search: 'w=21'})).headers['etag']).not.toBe(etag)
  })

  it('is the same one however its URL is written', async () => {
    const tags = await Promise.all(
      [
        'w=30&h=30&fit=crop',
        'fit=crop&h=30&w=30',
        'w=15&h=15&dpr=2&fit=crop&x=y',
        'w=30.0&h=30&fit=crop&crop=center',
      ].map(async (search) => (await lab.serve(image, {search})).headers['etag']),
    )
    expect(new Set(tags).size).toBe(1)
  })

  it('answers HEAD with its length', async () => {
    const head = await lab.serve(image, {method: 'HEAD', search: 'w=25'})
    expect(head.body).toBeNull()
    const bytes = await bodyOf(await lab.serve(image, {search: 'w=25'}))
    expect(head.headers['content-length']).toBe(String(bytes.length))
  })

  it('carries no camera data', async () => {
    const photo = await sharp(await quadrants(40, 30))
      .withExif({IFD0: {Make: 'Nikon'}})
      .jpeg()
      .toBuffer()
    const document = await lab.upload('image', photo)
    const bytes = await bodyOf(await lab.serve(document, {search: 'w=20'}))
    expect((await sharp(bytes).metadata()).exif).toBeUndefined()
  })
})

describe('a name that is none', () => {
  const names = [
    '../../../etc/passwd',
    '..%2f..%2fetc%2fpasswd',
    'incoming',
    '',
    '.',
    `${'a'.repeat(40)}-10x10.png`,
    `${'A'.repeat(40)}-10x10.png`,
    `${'a'.repeat(40)}-10x10.png/../../x`,
    `${'a'.repeat(40)}-0x10.png`,
    `${'a'.repeat(40)}.png\0.txt`,
    'a'.repeat(10_000),
  ]
  it.each(names)('is not found: %j', async (name) => {
    for (const kind of ['image', 'file'] as const) {
      const address = {kind, projectId: 'newsroom', dataset: 'production', name}
      expect((await refusal(() => lab.assets.serve(testRequest({}), address))).status).toBe(404)
    }
  })

  it('is not found in another project or dataset, and makes no folder', async () => {
    const name = String(image['path']).split('/').at(-1) ?? ''
    for (const [projectId, dataset] of [
      ['other', 'production'],
      ['newsroom', 'staging'],
      ['newsroom', '..'],
      ['newsroom', '../datasets/production'],
      ['newsroom', ''],
    ]) {
      const address = {
        kind: 'image',
        projectId: String(projectId),
        dataset: String(dataset),
        name,
      } as const
      expect((await refusal(() => lab.assets.serve(testRequest({}), address))).status).toBe(404)
    }
    expect(await readdir(`${lab.folder}/datasets`)).toEqual(['production'])
  })
})
