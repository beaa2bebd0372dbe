/**
 * The geometry of a transformed image: which region of the source to read, and the size to scale it to.
 *
 * The order is: upright by EXIF, `rect`, `or`, `flip`, then size and crop, then `pad`. Parameters after
 * `rect` refer to the image as it is seen, so a crop is mapped back through flip and rotation here.
 */
import {MAX_IMAGE_OUTPUT_SIDE} from '../../core/limits.ts'

export interface Size {
  readonly width: number
  readonly height: number
}

export interface Region extends Size {
  readonly left: number
  readonly top: number
}

export type Turn = 0 | 90 | 180 | 270

/** Which part of an image to keep when its aspect ratio differs from the requested one; fractions of 1. */
export type Crop =
  | {readonly by: 'edge'; readonly x: number; readonly y: number}
  | {readonly by: 'focus'; readonly x: number; readonly y: number}
  | {readonly by: 'entropy'}

export type Fit = 'clip' | 'crop' | 'fill' | 'fillmax' | 'max' | 'min' | 'scale'

/** All sizes are pixels of the result. */
export interface Shape {
  readonly rect?: Region
  readonly turn: Turn
  readonly flip: {readonly horizontal: boolean; readonly vertical: boolean}
  readonly width?: number
  readonly height?: number
  readonly atLeast: Partial<Size>
  readonly atMost: Partial<Size>
  readonly fit: Fit
  readonly crop: Crop
  readonly pad: number
}

export interface RenderPlan {
  /** The region of the upright source to read. */
  readonly region: Region
  /** Its size after scaling and `turn`. */
  readonly scaled: Size
  /** The renderer chooses the part of `region` with the most detail. */
  readonly entropy: boolean
  readonly border: {
    readonly left: number
    readonly right: number
    readonly top: number
    readonly bottom: number
  }
  readonly output: Size
}

/** The value, or the limit that it exceeds. */
export const clamp = (value: number, low: number, high: number): number =>
  Math.min(Math.max(value, low), high)

const pixels = (value: number): number => Math.max(1, Math.round(value))

export const swap = ({width, height}: Size): Size => ({width: height, height: width})

const scale = ({width, height}: Size, factor: number): Size => ({
  width: pixels(width * factor),
  height: pixels(height * factor),
})

/** The part of `rect` inside the source; undefined when there is none. */
export const clipRect = (rect: Region, source: Size): Region | undefined => {
  const left = clamp(rect.left, 0, source.width)
  const top = clamp(rect.top, 0, source.height)
  const width = Math.min(rect.left + rect.width, source.width) - left
  const height = Math.min(rect.top + rect.height, source.height) - top
  return width >= 1 && height >= 1 ? {left, top, width, height} : undefined
}

/** The size without a crop: of the scaled image, and of the box around it. */
const fitted = (seen: Size, shape: Shape): {scaled: Size; box: Size} => {
  const {width, height, fit} = shape
  const across = width === undefined ? Infinity : width / seen.width
  const down = height === undefined ? Infinity : height / seen.height
  if (fit === 'scale' && width !== undefined && height !== undefined) {
    return {scaled: {width, height}, box: {width, height}}
  }
  const wanted = Math.min(across, down)
  const grows = fit !== 'max' && fit !== 'fillmax' && fit !== 'min'
  const factor = wanted === Infinity ? 1 : grows ? wanted : Math.min(1, wanted)
  const scaled = scale(seen, factor)
  const fills = fit === 'fill' || fit === 'fillmax'
  const box = fills ? {width: width ?? scaled.width, height: height ?? scaled.height} : scaled
  return {scaled, box: {width: Math.max(box.width, 1), height: Math.max(box.height, 1)}}
}

const between = (value: number, low = 1, high = Infinity): number =>
  Math.max(Math.min(value, high), low)

/** The size that `fit=crop` and `fit=min` fill; undefined when there is nothing to crop. */
const cropTarget = (seen: Size, {width, height, atLeast, atMost, fit}: Shape): Size | undefined => {
  if (fit === 'min') {
    if (width === undefined || height === undefined) return undefined
    const factor = Math.min(1, seen.width / width, seen.height / height)
    return scale({width, height}, factor)
  }
  if (fit !== 'crop') return undefined
  const limit = Math.min(
    1,
    (atMost.width ?? Infinity) / seen.width,
    (atMost.height ?? Infinity) / seen.height,
  )
  const factor = width ? width / seen.width : height ? height / seen.height : limit
  return {
    width: width ?? pixels(between(seen.width * factor, atLeast.width, atMost.width)),
    height: height ?? pixels(between(seen.height * factor, atLeast.height, atMost.height)),
  }
}

/** The part of the image, as it is seen, that fills `target`. */
const cropWindow = (seen: Size, target: Size, crop: Crop): Region => {
  const factor = Math.max(target.width / seen.width, target.height / seen.height)
  const width = clamp(Math.round(target.width / factor), 1, seen.width)
  const height = clamp(Math.round(target.height / factor), 1, seen.height)
  const start = (free: number, length: number, at: number): number =>
    crop.by === 'edge' ? free * at : clamp(at * (free + length) - length / 2, 0, free)
  const {x, y} = crop.by === 'entropy' ? {x: 0.5, y: 0.5} : crop
  return {
    left: Math.round(start(seen.width - width, width, x)),
    top: Math.round(start(seen.height - height, height, y)),
    width,
    height,
  }
}

/** Maps a region of the rotated and flipped image back to the source. */
const unturn = (window: Region, seen: Size, {turn, flip}: Shape): Region => {
  const {width, height} = window
  const left = flip.horizontal ? seen.width - window.left - width : window.left
  const top = flip.vertical ? seen.height - window.top - height : window.top
  const right = seen.width - left - width
  const bottom = seen.height - top - height
  if (turn === 90) return {left: top, top: right, ...swap(window)}
  if (turn === 180) return {left: right, top: bottom, width, height}
  if (turn === 270) return {left: bottom, top: left, ...swap(window)}
  return {left, top, width, height}
}

/** @param source Upright size. `shape.rect`, if any, lies inside it. */
export const planImage = (source: Size, shape: Shape): RenderPlan => {
  const outer = shape.rect ?? {left: 0, top: 0, width: source.width, height: source.height}
  const seen = shape.turn % 180 === 0 ? outer : swap(outer)
  const target = cropTarget(seen, shape)
  const entropy = target !== undefined && shape.crop.by === 'entropy'
  const window =
    target === undefined || entropy
      ? {left: 0, top: 0, width: seen.width, height: seen.height}
      : cropWindow(seen, target, shape.crop)
  const inner = unturn(window, seen, shape)
  const {scaled: wanted, box} = target ? {scaled: target, box: target} : fitted(seen, shape)

  const longest = Math.max(box.width, box.height) + 2 * shape.pad
  const factor = Math.min(1, MAX_IMAGE_OUTPUT_SIDE / longest)
  const pad = Math.floor(shape.pad * factor)
  const most = MAX_IMAGE_OUTPUT_SIDE - 2 * pad
  const limited = (size: Size): Size =>
    factor === 1
      ? size
      : {
          width: clamp(Math.round(size.width * factor), 1, most),
          height: clamp(Math.round(size.height * factor), 1, most),
        }
  const scaled = limited(wanted)
  const canvas = limited(box)
  const left = Math.floor((canvas.width - scaled.width) / 2)
  const top = Math.floor((canvas.height - scaled.height) / 2)
  return {
    region: {...inner, left: inner.left + outer.left, top: inner.top + outer.top},
    scaled,
    entropy,
    border: {
      left: left + pad,
      right: canvas.width - scaled.width - left + pad,
      top: top + pad,
      bottom: canvas.height - scaled.height - top + pad,
    },
    output: {width: canvas.width + 2 * pad, height: canvas.height + 2 * pad},
  }
}
