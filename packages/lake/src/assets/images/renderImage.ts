/**
 * Renders a transformed image: carries out its render plan and effects with sharp; runs in an
 * image process.
 */
import {readFile} from 'node:fs/promises'

import type {Sharp, SharpOptions} from 'sharp'

import {MAX_IMAGE_OUTPUT_SIDE, MAX_IMAGE_PIXELS} from '../../core/limits.ts'
import {clamp, planImage, type RenderPlan, type Size, swap} from './geometry.ts'
import type {ImageFormat} from './imageFormat.ts'
import type {Colour, Transformation} from './transformation.ts'

/** Opens an image with the lake's limit on pixels. */
export type OpenImage = (input: string | Uint8Array, options?: SharpOptions) => Sharp

/** An SVG is read into memory, so that it cannot include other files on disk. */
export const imageInput = async (
  path: string,
  format: ImageFormat,
): Promise<string | Uint8Array> => (format.support === 'vector' ? await readFile(path) : path)

/** `pjpg` is a progressive JPEG. */
export type OutputFormat = 'jpg' | 'pjpg' | 'png' | 'webp' | 'gif' | 'tif' | 'avif'

export interface RenderJob {
  readonly path: string
  readonly format: ImageFormat
  /** Upright size. */
  readonly size: Size
  readonly transformation: Transformation
  readonly output: OutputFormat
}

/** Documented for JPEG and WebP; ours for AVIF, whose scale gives more quality at each number. */
const QUALITY = {jpg: 75, webp: 75, avif: 55}
const WHITE: Colour = {r: 255, g: 255, b: 255, alpha: 1}
const TRANSPARENT: Colour = {r: 0, g: 0, b: 0, alpha: 0}

const over = (above: Colour, below: Colour): Colour => {
  const mix = (one: number, other: number): number =>
    Math.round(one * above.alpha + other * (1 - above.alpha))
  return {r: mix(above.r, below.r), g: mix(above.g, below.g), b: mix(above.b, below.b), alpha: 1}
}

const isJpeg = (output: OutputFormat): boolean => output === 'jpg' || output === 'pjpg'

const encode = (image: Sharp, output: OutputFormat, wanted: number | undefined): Sharp => {
  const quality = wanted === undefined ? undefined : Math.max(1, Math.round(wanted))
  if (output === 'png') return image.png()
  if (output === 'gif') return image.gif()
  if (output === 'tif') return image.tiff({compression: 'lzw'})
  if (output === 'webp') return image.webp({quality: quality ?? QUALITY.webp})
  if (output === 'avif') return image.avif({quality: quality ?? QUALITY.avif, effort: 2})
  return image.jpeg({quality: quality ?? QUALITY.jpg, progressive: output === 'pjpg'})
}

/** Draws a vector image at the size that is needed, instead of scaling its pixels. */
const drawVector = async (
  open: OpenImage,
  input: string | Uint8Array,
  size: Size,
  plan: RenderPlan,
  sideways: boolean,
): Promise<{input: Uint8Array; plan: RenderPlan; size: Size}> => {
  const {region} = plan
  const {width, height} = sideways ? swap(plan.scaled) : plan.scaled
  const factor = Math.min(
    Math.max(width / region.width, height / region.height),
    MAX_IMAGE_OUTPUT_SIDE / Math.max(size.width, size.height),
  )
  const drawn = {
    width: Math.max(1, Math.round(size.width * factor)),
    height: Math.max(1, Math.round(size.height * factor)),
  }
  const left = Math.min(Math.round(region.left * factor), drawn.width - 1)
  const top = Math.min(Math.round(region.top * factor), drawn.height - 1)
  const bytes = await open(input, {density: Math.min(Math.max(72 * factor, 1), 100_000)})
    .resize({...drawn, fit: 'fill'})
    .png({compressionLevel: 1})
    .toBuffer()
  return {
    input: bytes,
    size: drawn,
    plan: {
      ...plan,
      region: {
        left,
        top,
        width: Math.min(Math.max(1, Math.round(region.width * factor)), drawn.width - left),
        height: Math.min(Math.max(1, Math.round(region.height * factor)), drawn.height - top),
      },
    },
  }
}

const canMove = (extension: string): boolean => extension === 'gif' || extension === 'webp'

/**
 * Animations are kept where the output format supports them. An animation that is too large becomes its
 * first frame (documented), and so does one that is rotated, flipped vertically or cropped by entropy,
 * which libvips applies to the whole strip of frames.
 */
const keepsFrames = async (
  open: OpenImage,
  input: string | Uint8Array,
  {transformation, format, output, size}: RenderJob,
): Promise<boolean> => {
  const {firstFrame, turn, flip, crop, fit} = transformation
  if (firstFrame || !canMove(format.extension) || !canMove(output)) return false
  if (turn !== 0 || flip.vertical || (fit === 'crop' && crop.by === 'entropy')) return false
  const {pages = 1} = await open(input).metadata()
  return pages > 1 && pages * size.width * size.height <= MAX_IMAGE_PIXELS
}

/** Colour of transparent parts and of the border; undefined keeps them transparent. */
const backgroundOf = ({transformation: {background}, output}: RenderJob): Colour | undefined =>
  isJpeg(output) ? over(background ?? WHITE, WHITE) : background

const paint = (image: Sharp, background: Colour): Sharp => {
  const below = {width: 1, height: 1, channels: 4 as const, background}
  const painted = image.composite([{input: {create: below}, tile: true, blend: 'dest-over'}])
  return background.alpha === 1 ? painted.removeAlpha() : painted
}

/** Formats of which a decoder can read a smaller image than the one in the file. */
const SHRINKS = new Set(['jpg', 'webp'])

/**
 * Cuts out the region and scales it. Nothing may be cut out before a decoder shrinks an image, so of
 * those that can be shrunk the whole is scaled, and the region cut out of the result.
 */
const scaleRegion = (
  image: Sharp,
  {region, scaled, entropy}: RenderPlan,
  {size, format, transformation}: RenderJob,
): Sharp => {
  const {turn, flip} = transformation
  const target = turn % 180 === 0 ? scaled : swap(scaled)
  const options = {
    fit: entropy ? 'cover' : 'fill',
    ...(entropy ? {position: 'entropy'} : {}),
  } as const
  if (region.width === size.width && region.height === size.height) {
    return image.resize({...target, ...options})
  }
  const across = target.width / region.width
  const down = target.height / region.height
  const whole = {
    width: Math.round(size.width * across),
    height: Math.round(size.height * down),
  }
  // Sharp turns and flips the whole before it cuts.
  const isCutLater =
    SHRINKS.has(format.extension) &&
    Math.max(across, down) <= 0.5 &&
    !entropy &&
    turn === 0 &&
    !flip.horizontal &&
    !flip.vertical
  if (!isCutLater) return image.extract(region).resize({...target, ...options})
  return image.resize({...whole, fit: 'fill'}).extract({
    ...target,
    left: clamp(Math.round(region.left * across), 0, whole.width - target.width),
    top: clamp(Math.round(region.top * down), 0, whole.height - target.height),
  })
}

/** Whether any part of the image may be transparent. */
const mayBeTransparent = (plan: RenderPlan, {format}: RenderJob): boolean =>
  format.extension !== 'jpg' || hasBorder(plan)

const hasBorder = ({border}: RenderPlan): boolean =>
  Object.values(border).some((width) => width > 0)

const apply = (image: Sharp, plan: RenderPlan, job: RenderJob): Sharp => {
  const {turn, flip, blur, sharpen, greyscale, invert} = job.transformation
  const sideways = turn % 180 !== 0
  let result = scaleRegion(image, plan, job)
  // Sharp flips before it rotates; here the rotated image is flipped.
  if (sideways ? flip.vertical : flip.horizontal) result = result.flop()
  if (sideways ? flip.horizontal : flip.vertical) result = result.flip()
  if (turn !== 0) result = result.rotate(turn)
  if (hasBorder(plan)) {
    result = result.extend({...plan.border, background: TRANSPARENT})
  }
  if (blur) result = result.blur(Math.max(0.3, blur / 10))
  if (sharpen) result = result.sharpen({sigma: 1, m1: sharpen / 20, m2: sharpen / 10})
  if (greyscale) result = result.greyscale()
  if (invert) result = result.negate({alpha: false})
  const background = backgroundOf(job)
  if (background === undefined || !mayBeTransparent(plan, job)) return result
  return paint(result, background)
}

/** The transformed image, encoded. */
export const renderImage = async (open: OpenImage, job: RenderJob): Promise<Uint8Array> => {
  const {path, format, size, transformation, output} = job
  const original = await imageInput(path, format)
  const planned = planImage(size, transformation)
  const {input, plan, ...read} =
    format.support === 'vector'
      ? await drawVector(open, original, size, planned, transformation.turn % 180 !== 0)
      : {input: original, plan: planned, size}
  const options: SharpOptions = (await keepsFrames(open, input, job))
    ? {animated: true}
    : {autoOrient: true}
  return encode(
    apply(open(input, options), plan, {...job, ...read}),
    output,
    transformation.quality,
  ).toBuffer()
}
