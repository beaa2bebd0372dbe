import {createHash} from 'node:crypto'
import {createServer, type Server} from 'node:http'
import {connect} from 'node:net'

import type {SanityClient} from '@sanity/client'
import {createImageUrlBuilder} from '@sanity/image-url'
import {afterAll, beforeAll, describe, expect, it} from 'vitest'

import {LakeError} from '../core/errors.ts'
import {clientOf} from '../http/testClient.ts'
import {CLIENT_LIMITS} from '../server/clientLimits.ts'
import {fromIncoming, send} from '../server/nodeAdapter.ts'
import {createBodies} from '../server/receiveBody.ts'
import {createUnreadResponses} from '../server/unreadResponses.ts'
import {createTestAssets, GREEN, look, quadrants, RED, type TestAssets} from './testAssets.ts'

const unread = createUnreadResponses(CLIENT_LIMITS.responseBytes)

let lab: TestAssets
let server: Server
let client: SanityClient
let origin: string

beforeAll(async () => {
  lab = await createTestAssets({publicUrl: () => origin})
  server = createServer((incoming, response) => {
    const request = fromIncoming(incoming, response, createBodies(CLIENT_LIMITS))
    const [, first = '', second = '', third = '', name = ''] = request.path.split('/')
    const documents = {
      get: (id: string) => lab.documents.get(id),
      create: lab.create,
    }
    const answer =
      first === 'assets'
        ? lab.assets.upload(request, {
            kind: second === 'images' ? 'image' : 'file',
            dataset: third,
            documents,
          })
        : lab.assets.serve(request, {
            kind: first === 'images' ? 'image' : 'file',
            projectId: second,
            dataset: third,
            name: decodeURIComponent(name),
          })
    answer.then(
      (done) => send(response, done, CLIENT_LIMITS, unread),
      (error: unknown) => {
        const {status, body} = error instanceof LakeError ? error : {status: 500, body: {}}
        send(response, {status, headers: {}, body: JSON.stringify(body)}, CLIENT_LIMITS, unread)
      },
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  origin = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
  client = clientOf({projectId: 'newsroom', token: 'secret'}, origin)
})
afterAll(async () => {
  server.closeAllConnections()
  server.close()
  await lab[Symbol.asyncDispose]()
})

describe('@sanity/client', () => {
  it('uploads images with what it knows about them', async () => {
    const bytes = await quadrants(60, 40)
    const document = await client.assets.upload('image', bytes, {
      filename: 'harbour.png',
      title: 'Harbour',
      creditLine: 'A. Doe',
      extract: ['thumbhash', 'exif'],
      source: {id: '1', name: 'wire', url: 'https://wire.example/1'},
    })
    expect(document).toMatchObject({
      _type: 'sanity.imageAsset',
      originalFilename: 'harbour.png',
      title: 'Harbour',
      creditLine: 'A. Doe',
      source: {id: '1', name: 'wire', url: 'https://wire.example/1'},
      metadata: {thumbHash: expect.any(String), dimensions: {width: 60, height: 40}},
    })
    expect(document.metadata).not.toHaveProperty('lqip')
    const original = await fetch(document.url)
    expect(Buffer.from(await original.arrayBuffer())).toEqual(bytes)
    expect(original.headers.get('x-sanity-sha1')).toBe(
      createHash('sha1').update(bytes).digest('hex'),
    )
  })

  it('uploads files as streams, megabytes of them', async () => {
    const chunk = Buffer.alloc(1024 * 1024, 'news ')
    const body = new ReadableStream({
      start(controller) {
        for (let part = 0; part < 20; part += 1) controller.enqueue(chunk)
        controller.close()
      },
    })
    const document = await client.assets.upload('file', await new Response(body).blob(), {
      filename: 'wire.csv',
      contentType: 'text/csv',
    })
    expect(document).toMatchObject({
      size: 20 * chunk.length,
      extension: 'csv',
      mimeType: 'text/csv',
    })
    const head = await fetch(document.url, {method: 'HEAD'})
    expect([head.status, head.headers.get('content-length')]).toEqual([200, String(document.size)])
    const part = await fetch(document.url, {headers: {range: 'bytes=5-8'}})
    expect([part.status, await part.text()]).toEqual([206, 'news'])
  })

  it('shows why an upload is refused', async () => {
    const upload = client.assets.upload('image', Buffer.from('no image'))
    await expect(upload).rejects.toMatchObject({
      statusCode: 415,
      message: expect.stringContaining('The image format is not supported'),
    })
  })
})

const see = async (url: string) => look(new Uint8Array(await (await fetch(url)).arrayBuffer()))

describe('@sanity/image-url', () => {
  it('makes URLs that give what its hotspot and crop say', async () => {
    const document = await client.assets.upload('image', await quadrants(400, 200))
    const builder = createImageUrlBuilder({
      baseUrl: origin,
      projectId: 'newsroom',
      dataset: 'production',
    })
    const image = {
      asset: {_ref: document._id},
      crop: {left: 0, right: 0, top: 0, bottom: 0.5},
      hotspot: {x: 0.9, y: 0.25, width: 0.1, height: 0.1},
    }
    const cropped = await see(builder.image(image).width(100).url())
    expect([cropped.width, cropped.height]).toEqual([100, 25])
    expect([cropped.at(0.1, 0.9), cropped.at(0.9, 0.9)]).toEqual([RED, GREEN])
    const square = await see(
      builder.image(image).size(50, 50).fit('crop').dpr(2).format('png').url(),
    )
    expect([square.width, square.height]).toEqual([100, 100])
    expect([square.at(0.05, 0.5), square.at(0.95, 0.5)]).toEqual([GREEN, GREEN])
    const small = builder.image(image).width(2000).fit('max').auto('format').url()
    const response = await fetch(small, {headers: {accept: 'image/avif,image/webp,*/*'}})
    expect(response.headers.get('content-type')).toBe('image/webp')
  })
})

describe('a client that goes away', () => {
  it('leaves nothing of its upload, and the lake as it was', async () => {
    const {port} = new URL(origin)
    const socket = connect(Number(port), '127.0.0.1')
    socket.write(
      'POST /v1/assets/files/production HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\nhalf',
    )
    const {readdir} = await import('node:fs/promises')
    const incoming = () => readdir(`${lab.folder}/datasets/production/incoming`)
    await expect.poll(incoming).toHaveLength(1)
    socket.destroy()
    await expect.poll(incoming).toEqual([])
    expect((await client.assets.upload('file', Buffer.from('still here')))._id).toMatch(/^file-/)
  })
})
