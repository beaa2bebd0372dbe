/** What the process that works on images is asked, and what it answers: plain data, sent as it is. */
import type {JsonObject} from '../../core/document.ts'
import type {Size} from '../images/geometry.ts'
import type {ImageFormat} from '../images/imageFormat.ts'
import type {RenderJob} from '../images/renderImage.ts'

/** Metadata that an upload can ask for by name. */
export const METADATA_KINDS = [
  'blurhash',
  'lqip',
  'palette',
  'thumbhash',
  'image',
  'exif',
  'location',
] as const
export type MetadataKind = (typeof METADATA_KINDS)[number]

/** Width and height, upright, without decoding pixels. */
export type ImageSize = Size & {readonly hasAlpha: boolean}

/** The size of an image in its header, and how many frames it has. */
export interface ImageHeader extends ImageSize {
  readonly frames: number
}

export type ImageTask =
  | {readonly kind: 'header'; readonly path: string; readonly format: ImageFormat}
  | {
      readonly kind: 'metadata'
      readonly path: string
      readonly format: ImageFormat
      readonly size: ImageSize
      readonly kinds: readonly MetadataKind[]
    }
  | ({readonly kind: 'render'} & RenderJob)

export interface ImageOrder {
  readonly task: ImageTask
  /** Milliseconds of a processor: a machine that is busy makes no image slow. */
  readonly limit: number
  /** Bytes that the process may have. */
  readonly memory: number
}

export type ImageReply =
  | {readonly kind: 'header'; readonly header: ImageHeader}
  /** What only the pixels and the camera's notes say. */
  | {readonly kind: 'metadata'; readonly metadata: JsonObject}
  | {readonly kind: 'image'; readonly bytes: Uint8Array}
  /** The image is damaged, or cannot be worked on. */
  | {readonly kind: 'refused'; readonly message: string}
  /** It takes more time, or more memory, than it may; the process ends. */
  | {readonly kind: 'late' | 'large'}

/** Sent once, when the process can take tasks. */
export const READY = 'ready'
