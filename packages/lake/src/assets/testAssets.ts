/**
 * For tests: assets in a real temporary folder, requests for them, and images whose quarters have
 * different colours.
 */
import {mkdtemp, rm} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import sharp from 'sharp'

import {isJsonObject, type JsonObject, type StoredDocument} from '../core/document.ts'
import {LakeError} from '../core/errors.ts'
import type {LakeRequest, LakeResponse} from '../core/lakeRequest.ts'
import type {AssetKind} from './assetName.ts'
import {type Assets, type AssetsOptions, createAssets} from './assets.ts'
import type {AssetDocument} from './uploadAsset.ts'

export interface RequestParts {
  readonly method?: string
  readonly search?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: Uint8Array | AsyncIterable<Uint8Array>
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}

export const testRequest = ({
  method = 'GET',
  search = '',
  headers = {},
  body = new Uint8Array(),
}: RequestParts): LakeRequest => ({
  method,
  url: '/',
  path: '',
  version: '',
  search,
  address: '',
  header: (name) => headers[name],
  body: () => Promise.reject(new Error('assets are streamed')),
  stream: () => (body instanceof Uint8Array ? once(body) : body),
  signal: new AbortController().signal,
})

export const bodyOf = async ({body}: LakeResponse): Promise<Buffer> => {
  if (body === null) return Buffer.alloc(0)
  if (typeof body === 'string' || body instanceof Uint8Array) return Buffer.from(body)
  const chunks: Buffer[] = []
  for await (const chunk of body) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks)
}

/** The error that a request ends in; fails when it does not. */
export const refusal = async (work: () => Promise<unknown>): Promise<LakeError> => {
  try {
    await work()
  } catch (error) {
    if (error instanceof LakeError) return error
    throw error
  }
  throw new Error('The request was not refused.')
}

export interface TestAssets {
  readonly assets: Assets
  readonly folder: string
  readonly options: AssetsOptions
  readonly documents: Map<string, StoredDocument>
  /** Adds a document to `documents` unless it exists. */
  create(document: AssetDocument): StoredDocument
  /** Uploads to the dataset `production`; returns the document in the response. */
  upload(kind: AssetKind, body: RequestParts['body'], parts?: RequestParts): Promise<JsonObject>
  /** Requests the URL of an uploaded document. */
  serve(document: JsonObject, parts?: RequestParts): Promise<LakeResponse>
  [Symbol.asyncDispose](): Promise<void>
}

export const createTestAssets = async (given: Partial<AssetsOptions> = {}): Promise<TestAssets> => {
  const folder = await mkdtemp(join(tmpdir(), 'lake-assets-'))
  let ids = 0
  const options: AssetsOptions = {
    projectId: 'newsroom',
    publicUrl: () => 'http://localhost:3333',
    datasetFolder: (dataset) => join(folder, 'datasets', dataset),
    cacheFolder: join(folder, 'cache'),
    newId: () => `id-${(ids += 1)}`,
    ...given,
  }
  const assets = createAssets(options)
  const documents = new Map<string, StoredDocument>()
  const create: TestAssets['create'] = (document) => {
    const at = '2026-01-01T00:00:00Z'
    const stored = documents.get(document._id) ?? {
      ...document,
      _rev: 'r1',
      _createdAt: at,
      _updatedAt: at,
    }
    documents.set(stored._id, stored)
    return stored
  }
  const originalName = (id: string): string | undefined => {
    const original = documents.get(id)?.originalFilename
    return typeof original === 'string' ? original : undefined
  }
  return {
    assets,
    folder,
    options,
    documents,
    create,
    async upload(kind, body, parts = {}) {
      const request = testRequest({method: 'POST', ...parts, ...(body ? {body} : {})})
      const response = await assets.upload(request, {
        kind,
        dataset: 'production',
        documents: {get: (id) => documents.get(id), create},
      })
      const answer: unknown = JSON.parse(String(await bodyOf(response)))
      if (!isJsonObject(answer) || !isJsonObject(answer['document'])) throw new Error('no document')
      return answer['document']
    },
    serve(document, parts = {}) {
      const [kinds, projectId = '', dataset = '', name = ''] = String(document['path']).split('/')
      const kind = kinds === 'images' ? 'image' : 'file'
      return assets.serve(testRequest(parts), {kind, projectId, dataset, name, originalName})
    },
    [Symbol.asyncDispose]: () => rm(folder, {recursive: true, force: true}),
  }
}

export const RED = '#ff0000'
export const GREEN = '#00ff00'
export const BLUE = '#0000ff'
export const YELLOW = '#ffff00'

const tile = (colour: string, left: number, top: number, width: number, height: number) => ({
  input: {create: {width, height, channels: 4 as const, background: colour}},
  left,
  top,
})

/** Red and green above blue and yellow, as PNG. */
export const quadrants = (width: number, height: number): Promise<Buffer> => {
  const [w, h] = [width / 2, height / 2]
  return sharp({create: {width, height, channels: 3, background: 'black'}})
    .composite([
      tile(RED, 0, 0, w, h),
      tile(GREEN, w, 0, w, h),
      tile(BLUE, 0, h, w, h),
      tile(YELLOW, w, h, w, h),
    ])
    .removeAlpha()
    .png()
    .toBuffer()
}

export interface Picture {
  readonly width: number
  readonly height: number
  /** Colour at a point given in fractions of the size, as `#rrggbb`, or `clear`. */
  at(x: number, y: number): string
}

export const look = async (bytes: Uint8Array): Promise<Picture> => {
  const {data, info} = await sharp(bytes)
    .toColourspace('srgb')
    .ensureAlpha()
    .raw()
    .toBuffer({resolveWithObject: true})
  return {
    width: info.width,
    height: info.height,
    at(x, y) {
      const column = Math.min(Math.floor(x * info.width), info.width - 1)
      const row = Math.min(Math.floor(y * info.height), info.height - 1)
      const at = (row * info.width + column) * 4
      return data[at + 3] === 0 ? 'clear' : `#${data.subarray(at, at + 3).toString('hex')}`
    },
  }
}

/** The colours of a picture's four corners, from the upper left clockwise. */
export const corners = (picture: Picture): string[] => [
  picture.at(0.05, 0.05),
  picture.at(0.95, 0.05),
  picture.at(0.95, 0.95),
  picture.at(0.05, 0.95),
]
