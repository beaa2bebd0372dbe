/**
 * Handles `POST /assets/images/:dataset` and `/assets/files/:dataset`: the body becomes an asset and a
 * document. The bytes are durable before the document exists, so that no document points to a missing
 * file; after a crash in between, the next upload of the same file uses the bytes.
 *
 * Equal bytes are one asset: uploading them again returns the existing document unchanged, whatever
 * title or file name the new request has.
 */
import type {Json, JsonObject, StoredDocument} from '../core/document.ts'
import {badRequest, LakeError, payloadTooLarge, unsupportedMediaType} from '../core/errors.ts'
import type {LakeRequest, LakeResponse} from '../core/lakeRequest.ts'
import {MAX_ASSET_BYTES} from '../core/limits.ts'
import type {AssetFiles, ReceivedFile} from './assetFiles.ts'
import {assetId, type AssetKind, type AssetName, assetPath} from './assetName.ts'
import {detectImageFormat, HEAD_BYTES, readStart} from './images/imageFormat.ts'
import {parseMetadataKinds, readImageMetadata, readImageSize} from './images/imageMetadata.ts'
import {extensionOf, mediaTypeOf, statedMediaType} from './mediaTypes.ts'
import type {ImageLibrary, Waiter} from './process/imageLibrary.ts'

export interface AssetDocument extends JsonObject {
  readonly _id: string
  readonly _type: 'sanity.imageAsset' | 'sanity.fileAsset'
}

/** The parts of a dataset that an upload needs. */
export interface AssetDocuments {
  get(id: string): StoredDocument | undefined
  /** Creates the document unless its id exists; returns the stored document. */
  create(document: AssetDocument): StoredDocument | Promise<StoredDocument>
}

export interface UploadTarget {
  readonly kind: AssetKind
  readonly projectId: string
  readonly dataset: string
  /** Scheme, host and port under which assets are served, without a slash at the end. */
  readonly publicUrl: string
  readonly files: AssetFiles
  readonly library: ImageLibrary
  readonly documents: AssetDocuments
  readonly newId: () => string
}

/** What follows from the bytes: the asset's name, and parts of its document. */
interface Recognised {
  readonly asset: AssetName
  readonly mimeType: string
  metadata(): Promise<JsonObject | undefined>
}

const recogniseImage = async (
  file: ReceivedFile,
  library: ImageLibrary,
  parameters: URLSearchParams,
  waiter: Waiter,
): Promise<Recognised> => {
  const kinds = parseMetadataKinds(parameters)
  const format = detectImageFormat(await readStart(file.path, HEAD_BYTES))
  if (!format) {
    throw unsupportedMediaType(
      'The image format is not supported: upload JPEG, PNG, GIF, WebP, AVIF, HEIC, TIFF, SVG, BMP ' +
        'or PSD, or upload it as a file.',
    )
  }
  const size = await readImageSize(library, file, format, waiter)
  const {width, height} = size
  return {
    asset: {kind: 'image', sha1: file.sha1, width, height, extension: format.extension},
    mimeType: format.mimeType,
    metadata: () => readImageMetadata(library, file, format, size, kinds, waiter),
  }
}

const recogniseFile = (
  file: ReceivedFile,
  request: LakeRequest,
  parameters: URLSearchParams,
): Recognised => {
  const stated = statedMediaType(request.header('content-type'))
  const named = /\.([a-z0-9]{1,16})$/i.exec(parameters.get('filename') ?? '')?.[1]?.toLowerCase()
  const extension = named ?? extensionOf(stated ?? '')
  return {
    asset: {kind: 'file', sha1: file.sha1, extension},
    mimeType: stated ?? mediaTypeOf(extension),
    metadata: () => Promise.resolve(undefined),
  }
}

/** Query parameters that are copied into the document, by field. */
const FIELDS = {
  originalFilename: 'filename',
  label: 'label',
  title: 'title',
  description: 'description',
  creditLine: 'creditLine',
}
const SOURCE_FIELDS = {id: 'sourceId', name: 'sourceName', url: 'sourceUrl'}

const pick = (parameters: URLSearchParams, fields: Readonly<Record<string, string>>): JsonObject =>
  Object.fromEntries(
    Object.entries(fields).flatMap(([field, parameter]): [string, Json][] => {
      const value = parameters.get(parameter)
      return value ? [[field, value]] : []
    }),
  )

const assetDocument = async (
  {asset, mimeType, metadata}: Recognised,
  file: ReceivedFile,
  target: UploadTarget,
  parameters: URLSearchParams,
): Promise<AssetDocument> => {
  const path = assetPath(asset, target.projectId, target.dataset)
  const source = pick(parameters, SOURCE_FIELDS)
  const described = await metadata()
  return {
    _id: assetId(asset),
    _type: asset.kind === 'image' ? 'sanity.imageAsset' : 'sanity.fileAsset',
    assetId: asset.sha1,
    sha1hash: asset.sha1,
    path,
    url: `${target.publicUrl}/${path}`,
    extension: asset.extension,
    mimeType,
    size: file.size,
    uploadId: target.newId(),
    ...pick(parameters, FIELDS),
    ...(Object.keys(source).length > 0 ? {source} : {}),
    ...(described ? {metadata: described} : {}),
  }
}

/** A client that goes away is an error of the client, not of the lake. */
async function* arriving(request: LakeRequest): AsyncGenerator<Uint8Array> {
  try {
    yield* request.stream()
  } catch (error) {
    throw error instanceof LakeError ? error : badRequest('The upload was aborted.')
  }
}

/** Rejects a body that is too long before reading it, and one that is shorter than its stated length. */
const receive = async (request: LakeRequest, files: AssetFiles): Promise<ReceivedFile> => {
  const stated = request.header('content-length')
  if (Number(stated ?? 0) > MAX_ASSET_BYTES) throw payloadTooLarge(MAX_ASSET_BYTES)
  const file = await files.receive(arriving(request), MAX_ASSET_BYTES)
  const encoded = request.header('content-encoding') !== undefined
  const complete = stated === undefined || encoded || Number(stated) === file.size
  if (file.size > 0 && complete) return file
  await files.discard(file)
  throw badRequest(
    file.size === 0
      ? 'The upload is empty: send the bytes of the asset as the body.'
      : `The upload was aborted after ${file.size} of ${stated} bytes.`,
  )
}

/** Invalid UTF-8 would be stored as U+FFFD. */
const requireUtf8 = (search: string, parameters: URLSearchParams): void => {
  if (/\ufffd|%ef%bf%bd/i.test(search)) return
  for (const [name, value] of parameters) {
    if (!value.includes('\ufffd')) continue
    throw badRequest(`Upload parameter ${name} is not UTF-8: encode it with encodeURIComponent.`)
  }
}

/** @throws LakeError 400, 413, 415 (not an image), 422 (damaged or too many pixels), 429. */
export const uploadAsset = async (
  request: LakeRequest,
  target: UploadTarget,
): Promise<LakeResponse> => {
  const {kind, files, library, documents} = target
  const parameters = new URLSearchParams(request.search)
  requireUtf8(request.search, parameters)
  const file = await receive(request, files)
  let letGo: (() => void) | undefined
  try {
    const recognised =
      kind === 'image'
        ? await recogniseImage(file, library, parameters, {
            client: request.address,
            signal: request.signal,
          })
        : recogniseFile(file, request, parameters)
    letGo = files.hold(recognised.asset)
    const known = documents.get(assetId(recognised.asset))
    const created = known ? undefined : await assetDocument(recognised, file, target, parameters)
    if (created || !(await files.find(recognised.asset))) await files.keep(file, recognised.asset)
    const document = known ?? (created && (await documents.create(created)))
    return {
      status: 200,
      headers: {'content-type': 'application/json; charset=utf-8'},
      body: JSON.stringify({document}),
    }
  } finally {
    letGo?.()
    await files.discard(file)
  }
}
