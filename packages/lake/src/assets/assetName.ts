/**
 * The names of an asset: document id, file name, path. All follow from its bytes (sha1, size, format),
 * so equal bytes have equal names, and a name never has to be looked up.
 */

export type AssetKind = 'image' | 'file'

export interface ImageName {
  readonly kind: 'image'
  /** 40 lower-case hexadecimal digits. */
  readonly sha1: string
  /** Pixels, upright: after the EXIF orientation is applied. */
  readonly width: number
  readonly height: number
  /** Lower case, without the dot. */
  readonly extension: string
}

export interface FileName {
  readonly kind: 'file'
  readonly sha1: string
  readonly extension: string
}

export type AssetName = ImageName | FileName

const IMAGE = /^([0-9a-f]{40})-([1-9]\d{0,5})x([1-9]\d{0,5})\.([a-z]{1,8})$/
const FILE = /^([0-9a-f]{40})\.([a-z0-9]{1,16})$/

/** Parses the file name in an asset's URL; undefined for anything else, paths included. */
export const parseAssetName = (kind: AssetKind, text: string): AssetName | undefined => {
  const [, sha1, ...rest] = (kind === 'image' ? IMAGE : FILE).exec(text) ?? []
  if (sha1 === undefined) return undefined
  if (kind === 'file') return {kind, sha1, extension: rest[0] ?? ''}
  const [width, height, extension = ''] = rest
  return {kind, sha1, width: Number(width), height: Number(height), extension}
}

/** File name without extension. */
export const assetStem = (asset: AssetName): string =>
  asset.kind === 'image' ? `${asset.sha1}-${asset.width}x${asset.height}` : asset.sha1

/** `<sha1>-300x200.jpg`, `<sha1>.pdf`. */
export const assetFileName = (asset: AssetName): string => `${assetStem(asset)}.${asset.extension}`

/** `image-<sha1>-300x200-jpg`, `file-<sha1>-pdf`. */
export const assetId = (asset: AssetName): string =>
  `${asset.kind}-${assetStem(asset)}-${asset.extension}`

/** `images/<project>/<dataset>/<file name>`: the document's `path`, and the path of its `url`. */
export const assetPath = (asset: AssetName, projectId: string, dataset: string): string =>
  `${asset.kind}s/${projectId}/${dataset}/${assetFileName(asset)}`
