import {createHash} from 'node:crypto'
import {readdir, readFile, rm} from 'node:fs/promises'
import {join} from 'node:path'
import {crc32, deflateSync} from 'node:zlib'

import sharp, {type Sharp} from 'sharp'
import {afterAll, beforeAll, beforeEach, describe, expect, it} from 'vitest'

import {MAX_ASSET_BYTES, MAX_SVG_BYTES} from '../core/limits.ts'
import {createTestAssets, quadrants, refusal, type TestAssets, testRequest} from './testAssets.ts'
import {bmpHeader, heicContainer, psdHeader} from './testImages.ts'

let lab: TestAssets
beforeAll(async () => {
  lab = await createTestAssets()
})
beforeEach(() => lab.documents.clear())
afterAll(() => lab[Symbol.asyncDispose]())

const sha1 = (bytes: Uint8Array): string => createHash('sha1').update(bytes).digest('hex')
const production = (...path: string[]): string =>
  join(lab.folder, 'datasets', 'production', ...path)
const incoming = (): Promise<string[]> => readdir(production('incoming'))

const refuseImage = (bytes: Uint8Array) => refusal(() => lab.upload('image', bytes))
const leavesNothing = async (): Promise<void> => {
  expect(await incoming()).toEqual([])
  expect(lab.documents.size).toBe(0)
}

describe('a drawing that takes too long', () => {
  it('is rejected, leaves nothing behind, and does not block other uploads', async () => {
    await using own = await createTestAssets({imageLimits: {vectorTimeout: 300}})
    const side = 12_000
    const slow = `<svg xmlns="http://www.w3.org/2000/svg" width="${side}" height="${side}">
      <filter id="f"><feConvolveMatrix order="30" kernelMatrix="${'1 '.repeat(900)}"/></filter>
      <rect width="${side}" height="${side}" filter="url(#f)"/></svg>`
    const refused = {status: 422, message: expect.stringContaining('longer than 0.3 seconds')}
    for (let n = 0; n < 3; n++) {
      const error = await refusal(() => own.upload('image', Buffer.from(slow)))
      expect(error).toMatchObject(refused)
    }
    expect(own.documents.size).toBe(0)
    expect(await own.upload('image', await quadrants(8, 8))).toMatchObject({extension: 'png'})
  })
})

describe('an image', () => {
  it('becomes a document with everything that sanity.io writes', async () => {
    const bytes = await quadrants(40, 30)
    const search =
      'filename=Harbour%20at%20dawn.png&label=l&title=t&description=d&creditLine=Reuters%2FA.%20Doe' +
      '&sourceId=42&sourceName=wire&sourceUrl=https%3A%2F%2Fwire.example%2F42&meta=none'
    const document = await lab.upload('image', bytes, {search})
    const hash = sha1(bytes)
    expect(document).toEqual({
      _id: `image-${hash}-40x30-png`,
      _type: 'sanity.imageAsset',
      _rev: 'r1',
      _createdAt: expect.any(String),
      _updatedAt: expect.any(String),
      assetId: hash,
      sha1hash: hash,
      path: `images/newsroom/production/${hash}-40x30.png`,
      url: `http://localhost:3333/images/newsroom/production/${hash}-40x30.png`,
      extension: 'png',
      mimeType: 'image/png',
      size: bytes.length,
      uploadId: expect.stringMatching(/^id-\d+$/),
      originalFilename: 'Harbour at dawn.png',
      label: 'l',
      title: 't',
      description: 'd',
      creditLine: 'Reuters/A. Doe',
      source: {id: '42', name: 'wire', url: 'https://wire.example/42'},
      metadata: expect.objectContaining({_type: 'sanity.imageMetadata'}),
    })
    expect(await readFile(production('images', `${hash}-40x30.png`))).toEqual(bytes)
    expect(await incoming()).toEqual([])
  })

  it('has no title that would not be what was sent', async () => {
    const bytes = await quadrants(8, 8)
    expect(await refusal(() => lab.upload('image', bytes, {search: 'title=%E4'}))).toMatchObject({
      status: 400,
      message: expect.stringContaining('title is not UTF-8'),
    })
    const kept = await lab.upload('image', bytes, {search: 'title=%EF%BF%BD&meta=none'})
    expect(kept).toMatchObject({title: '\ufffd'})
  })

  it.each([
    ['jpg', 'image/jpeg', (image: Sharp) => image.jpeg()],
    ['gif', 'image/gif', (image: Sharp) => image.gif()],
    ['webp', 'image/webp', (image: Sharp) => image.webp()],
    ['tif', 'image/tiff', (image: Sharp) => image.tiff()],
    ['avif', 'image/avif', (image: Sharp) => image.avif({effort: 0})],
  ])(
    'is known as %s by its bytes, not by its name or type',
    async (extension, mimeType, encode) => {
      const bytes = await encode(sharp(await quadrants(40, 30))).toBuffer()
      const document = await lab.upload('image', bytes, {
        search: 'filename=picture.png',
        headers: {'content-type': 'image/png'},
      })
      expect(document).toMatchObject({extension, mimeType, metadata: {lqip: expect.any(String)}})
      expect(document['_id']).toMatch(new RegExp(`-40x30-${extension}$`))
    },
  )

  it('may be a vector', async () => {
    const svg =
      '<?xml version="1.0"?><!-- map --><svg xmlns="http://www.w3.org/2000/svg" width="120" height="60"/>'
    const document = await lab.upload('image', Buffer.from(svg))
    expect(document).toMatchObject({extension: 'svg', mimeType: 'image/svg+xml'})
    expect(document['_id']).toMatch(/-120x60-svg$/)
  })

  it('is the same asset when it is uploaded again, whatever is said about it', async () => {
    const bytes = await quadrants(44, 30)
    const first = await lab.upload('image', bytes, {search: 'filename=a.png&title=First'})
    const second = await lab.upload('image', bytes, {search: 'filename=b.png&title=Second'})
    expect(second).toEqual(first)
    expect(await incoming()).toEqual([])
  })

  it('is one asset when many send it at once', async () => {
    const bytes = await quadrants(46, 30)
    const all = await Promise.all(Array.from({length: 8}, () => lab.upload('image', bytes)))
    expect(new Set(all.map((document) => document['uploadId'])).size).toBe(1)
    expect(
      (await readdir(production('images'))).filter((name) => name.includes('46x30')),
    ).toHaveLength(1)
  })

  it('gets its bytes back when only its document is left', async () => {
    const bytes = await quadrants(48, 30)
    const document = await lab.upload('image', bytes)
    lab.assets.forget('production')
    await rm(lab.options.datasetFolder('production'), {recursive: true})
    expect((await refusal(() => lab.serve(document))).status).toBe(404)
    expect(await lab.upload('image', bytes)).toEqual(document)
    expect((await lab.serve(document)).status).toBe(200)
  })
})

describe('an image that cannot be one', () => {
  it.each([
    ['text', Buffer.from('Dear editor, '.repeat(100))],
    ['a PDF', Buffer.from('%PDF-1.7\n')],
    ['HTML with an SVG word in it', Buffer.from('<!doctype html><p>svg</p>')],
    ['a video', Buffer.from('\0\0\0\x18ftypmp42\0\0\0\0mp42isom', 'latin1')],
    ['one byte', Buffer.from([0xff])],
  ])('is refused: %s', async (_, bytes) => {
    expect((await refuseImage(bytes)).status).toBe(415)
    await leavesNothing()
  })

  it('is refused: damaged in many ways', async () => {
    const png = await quadrants(400, 300)
    const noise = await sharp({
      create: {
        width: 400,
        height: 300,
        channels: 3,
        background: 'red',
        noise: {type: 'gaussian', mean: 128, sigma: 50},
      },
    })
      .jpeg()
      .toBuffer()
    const damaged = [
      png.subarray(0, 30),
      png.subarray(0, png.length / 2),
      noise.subarray(0, 100),
      noise.subarray(0, noise.length / 2),
      Buffer.from('\x89PNG\r\n\x1a\n garbage'.repeat(9), 'latin1'),
      Buffer.from('GIF89a'),
      Buffer.from('<svg><not-closed></svg>'),
      Buffer.from('BM'),
      Buffer.from('8BPS\0\x01', 'latin1'),
      Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1'),
      Buffer.from('II*\0\xff\xff\xff\xff', 'latin1'),
    ]
    for (const bytes of damaged) expect((await refuseImage(bytes)).status).toBe(422)
    await leavesNothing()
  })

  it('is refused: more pixels than the limit, by its header, before one is decoded', async () => {
    const header = Buffer.from('IHDR\0\0\x75\x30\0\0\x75\x30\x08\x02\0\0\0', 'latin1')
    const sum = Buffer.alloc(4)
    sum.writeUInt32BE(crc32(header))
    const start = Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\r', 'latin1')
    const data = deflateSync(Buffer.alloc(90_000))
    const length = Buffer.alloc(4)
    length.writeUInt32BE(data.length)
    const png = Buffer.concat([start, header, sum, length, Buffer.from('IDAT'), data])
    const svg = Buffer.from(
      '<svg xmlns="http://www.w3.org/2000/svg" width="30000" height="30000"/>',
    )
    const bmp = Buffer.alloc(64)
    bmp.write('BM')
    bmp.writeInt32LE(30_000, 18)
    bmp.writeInt32LE(-30_000, 22)
    for (const bytes of [png, svg, bmp]) {
      const error = await refuseImage(bytes)
      expect(error.status).toBe(422)
      expect(error.message).toContain('30000×30000')
    }
    await leavesNothing()
  })

  it('is refused: an SVG that grows without end', async () => {
    const entities = Array.from(
      {length: 12},
      (_, n) => `<!ENTITY e${n + 1} "${`&e${n};`.repeat(10)}">`,
    ).join('')
    const laughs = `<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY e0 "ha">${entities}]><svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><text>&e12;</text></svg>`
    expect((await refuseImage(Buffer.from(laughs))).status).toBe(422)
    const long = Buffer.from(
      `<svg xmlns="http://www.w3.org/2000/svg">${' '.repeat(MAX_SVG_BYTES)}</svg>`,
    )
    expect((await refuseImage(long)).status).toBe(413)
    await leavesNothing()
  })
})

describe('an image without a decoder here', () => {
  it.each([
    ['bmp', 'image/bmp', bmpHeader(64, 48), false],
    ['psd', 'image/vnd.adobe.photoshop', psdHeader(64, 48), true],
    ['heic', 'image/heic', heicContainer(64, 48), false],
  ])('is kept and measured: %s', async (extension, mimeType, bytes, hasAlpha) => {
    const document = await lab.upload('image', bytes)
    expect(document['_id']).toBe(`image-${sha1(bytes)}-64x48-${extension}`)
    expect(document['mimeType']).toBe(mimeType)
    expect(document['metadata']).toEqual({
      _type: 'sanity.imageMetadata',
      dimensions: {_type: 'sanity.imageDimensions', width: 64, height: 48, aspectRatio: 64 / 48},
      hasAlpha,
      isOpaque: !hasAlpha,
    })
    const original = await lab.serve(document, {
      search: 'w=2000&fit=max&auto=format',
      headers: {accept: 'image/webp'},
    })
    expect(original.headers).toMatchObject({'content-type': mimeType, 'x-sanity-sha1': sha1(bytes)})
    const error = await refusal(() => lab.serve(document, {search: 'fm=png'}))
    expect(error.status).toBe(422)
    expect(error.message).toContain(extension.toUpperCase())
  })
})

describe('a file', () => {
  it('takes its extension from its name and its type from the header or the extension', async () => {
    const bytes = Buffer.from('a;b\n1;2\n')
    const hash = sha1(bytes)
    expect(await lab.upload('file', bytes, {search: 'filename=Results.CSV'})).toMatchObject({
      _id: `file-${hash}-csv`,
      _type: 'sanity.fileAsset',
      extension: 'csv',
      mimeType: 'text/csv',
      originalFilename: 'Results.CSV',
      path: `files/newsroom/production/${hash}.csv`,
      url: `http://localhost:3333/files/newsroom/production/${hash}.csv`,
      size: 8,
    })
  })

  it.each([
    ['', {'content-type': 'application/pdf'}, 'pdf', 'application/pdf'],
    ['filename=a.tar.gz', {}, 'gz', 'application/gzip'],
    ['filename=README', {}, 'bin', 'application/octet-stream'],
    ['', {}, 'bin', 'application/octet-stream'],
    ['filename=a.mp4', {'content-type': 'application/octet-stream'}, 'mp4', 'video/mp4'],
    ['filename=x.dat', {'content-type': 'text/plain; charset=utf-8'}, 'dat', 'text/plain'],
    ['filename=..%2F..%2Fpasswd', {}, 'bin', 'application/octet-stream'],
    ['filename=a.%2Fb', {}, 'bin', 'application/octet-stream'],
    ['filename=a.txt', {'content-type': 'text/html\r\nx: y'}, 'txt', 'text/plain'],
  ])('%s %o', async (search, headers, extension, mimeType) => {
    const document = await lab.upload('file', Buffer.from(`${search}${extension}`), {
      search,
      headers,
    })
    expect(document).toMatchObject({extension, mimeType})
    expect(document).not.toHaveProperty('metadata')
  })

  it('may be an image that is not to be one', async () => {
    const document = await lab.upload('file', await quadrants(50, 30), {search: 'filename=a.png'})
    expect(document).toMatchObject({_type: 'sanity.fileAsset', mimeType: 'image/png'})
    const response = await lab.serve(document, {search: 'w=10'})
    expect(response.headers['content-length']).toBe(String(document['size']))
  })
})

async function* broken(): AsyncGenerator<Uint8Array> {
  yield Buffer.from('half of')
  throw new Error('connection reset')
}

async function* pieces(): AsyncGenerator<Uint8Array> {
  for (const letter of 'in pieces') yield Buffer.from(letter)
  yield Buffer.alloc(0)
}

describe('a body', () => {
  it('that is empty, broken off or too long is refused and leaves nothing', async () => {
    const body = Buffer.from('four')
    const refused = async (parts: Parameters<TestAssets['upload']>[2]) =>
      (await refusal(() => lab.upload('file', body, parts))).status
    expect((await refusal(() => lab.upload('file', Buffer.alloc(0)))).status).toBe(400)
    expect(await refused({headers: {'content-length': '5'}})).toBe(400)
    expect(await refused({headers: {'content-length': String(MAX_ASSET_BYTES + 1)}})).toBe(413)
    expect(await refused({method: 'PUT'})).toBe(405)
    expect(await incoming()).toEqual([])
    expect(lab.documents.size).toBe(0)
  })

  it('that breaks off with an error leaves nothing', async () => {
    expect((await refusal(() => lab.upload('file', broken()))).status).toBe(400)
    expect(await incoming()).toEqual([])
  })

  it('arrives in any pieces', async () => {
    const document = await lab.upload('file', pieces(), {search: 'filename=a.txt'})
    expect(document['sha1hash']).toBe(sha1(Buffer.from('in pieces')))
  })
})

describe('a document that cannot be created', () => {
  it('leaves bytes without a document, which the next upload uses', async () => {
    const bytes = Buffer.from('bytes first')
    const failing = lab.assets.upload(testRequest({method: 'POST', body: bytes}), {
      kind: 'file',
      dataset: 'production',
      documents: {get: () => undefined, create: () => Promise.reject(new Error('disk full'))},
    })
    await expect(failing).rejects.toThrow('disk full')
    const document = await lab.upload('file', bytes)
    expect((await lab.serve(document)).status).toBe(200)
  })
})
