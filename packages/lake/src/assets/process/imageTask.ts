/** The tasks and replies of an image process, as plain data that is sent between processes. */
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

/** The size of an image and its number of frames, from its header. */
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
  /** Milliseconds of processor time, so that a busy machine does not count as a slow image. */
  readonly limit: number
  /** Maximum bytes of the process. */
  readonly memory: number
}

export type ImageReply =
  | {readonly kind: 'header'; readonly header: ImageHeader}
  /** From the pixels and EXIF data. */
  | {readonly kind: 'metadata'; readonly metadata: JsonObject}
  | {readonly kind: 'image'; readonly bytes: Uint8Array}
  /** The image is damaged, or cannot be processed. */
  | {readonly kind: 'refused'; readonly message: string}
  /** It exceeded the limit of time or memory; the process ends. */
  | {readonly kind: 'late' | 'large'}

/** Sent once, when the process is ready for tasks. */
export const READY = 'ready'
