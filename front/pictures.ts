/** Pictures for readers: cropped as the editor chose, in several sizes, and never enlarged. */
import {createImageUrlBuilder} from '@sanity/image-url'

import {plain} from './stega.ts'

/** A figure as the queries answer it. Anything may be missing while a story is written. */
export interface FigureAnswer {
  readonly asset?: {readonly _ref?: string | null} | null
  readonly crop?: Partial<
    Readonly<Record<'top' | 'bottom' | 'left' | 'right', number | null>>
  > | null
  readonly hotspot?: Partial<Readonly<Record<'x' | 'y' | 'width' | 'height', number | null>>> | null
  readonly lqip?: string | null
  readonly alt?: string | null
  readonly decorative?: boolean | null
}

export interface PictureOptions {
  /**
   * The address in front of a picture's file name, without a slash at its end:
   * `https://cdn.sanity.io/images/PROJECT/DATASET`, or the same path behind your own host.
   */
  readonly imageBase: string
  /** The widths on offer in CSS pixels; wider ones than the picture are left out. */
  readonly widths?: readonly number[]
  /** The attribute `sizes`: how wide the page shows the picture. */
  readonly sizes?: string
  /** Width divided by height, to cut the picture around its hotspot; otherwise its own. */
  readonly ratio?: number
}

export interface Picture {
  readonly src: string
  /** Empty for a drawing (SVG), which has no sizes. */
  readonly srcset: string
  readonly sizes: string
  /** Of `src`, in pixels. */
  readonly width: number
  readonly height: number
  /** A tiny version as a `data:` address, to show until the picture is there. */
  readonly lqip: string | null
  /** Empty for a decoration, and where nobody has described the picture yet. */
  readonly alt: string
  /** What matters most, from 0 to 1 of the cropped width and height; the middle by default. */
  readonly focus: {readonly x: number; readonly y: number}
}

const WIDTHS = [320, 480, 640, 960, 1280, 1920, 2560]
/** For `src`, which only browsers without `srcset` load, and machines. */
const USUAL_WIDTH = 1280

/** The picture of a figure, or null if it has none: then show caption and credit alone. */
export const pictureOf = (
  figure: FigureAnswer | null | undefined,
  {imageBase, widths = WIDTHS, sizes = '100vw', ratio}: PictureOptions,
): Picture | null => {
  const ref = figure?.asset?._ref ?? ''
  const [, side1, side2, format] = /^image-[^-]+-(\d+)x(\d+)-(\w+)$/.exec(ref) ?? []
  const original = {width: Number(side1), height: Number(side2)}
  if (figure === null || figure === undefined || !(original.width > 0 && original.height > 0)) {
    return null
  }
  const crop = cropOf(figure)
  const hotspot = hotspotOf(figure)
  const address = builder.image({asset: {_ref: ref}, crop, hotspot})
  const at = (url: string): string => `${imageBase}${url.slice(PLACE.length)}`
  const same = {
    sizes,
    lqip: figure.lqip ?? null,
    alt: figure.decorative === true ? '' : plain(figure.alt ?? ''),
    focus: {
      x: within((hotspot.x - crop.left) / (1 - crop.left - crop.right)),
      y: within((hotspot.y - crop.top) / (1 - crop.top - crop.bottom)),
    },
  }
  if (format === 'svg') {
    return {...same, ...original, src: at(address.ignoreImageParams().url()), srcset: ''}
  }
  const cropped = {
    width: Math.max(1, Math.round(original.width * (1 - crop.left - crop.right))),
    height: Math.max(1, Math.round(original.height * (1 - crop.top - crop.bottom))),
  }
  const own = cropped.width / cropped.height
  const widest =
    ratio === undefined || own <= ratio
      ? cropped.width
      : Math.max(1, Math.round(cropped.height * ratio))
  const heightAt = (width: number): number => Math.max(1, Math.round(width / (ratio ?? own)))
  const urlAt = (width: number): string => {
    const sized = address.width(width).auto('format')
    return at((ratio === undefined ? sized.fit('max') : sized.height(heightAt(width))).url())
  }
  const narrower = widths.filter((width) => width < widest)
  const offered = narrower.length < widths.length ? [...narrower, widest] : narrower
  const usual = offered.findLast((width) => width <= USUAL_WIDTH) ?? offered[0] ?? widest
  return {
    ...same,
    src: urlAt(usual),
    srcset: offered.map((width) => `${urlAt(width)} ${width}w`).join(', '),
    width: usual,
    height: heightAt(usual),
  }
}

/** Where the builder puts pictures; `imageBase` replaces it. */
const PLACE = 'https://cdn.sanity.io/images/project/dataset'

const builder = createImageUrlBuilder({projectId: 'project', dataset: 'dataset'})

const within = (share: number): number => Math.min(1, Math.max(0, share))

const WHOLE = {top: 0, bottom: 0, left: 0, right: 0}

/** The shares that the editor cut off; none if they leave nothing. */
const cropOf = ({crop}: FigureAnswer): typeof WHOLE => {
  const {top, bottom, left, right} = {...WHOLE, ...withNumbers(crop)}
  const cut = {top: within(top), bottom: within(bottom), left: within(left), right: within(right)}
  return cut.top + cut.bottom < 1 && cut.left + cut.right < 1 ? cut : WHOLE
}

const hotspotOf = ({hotspot}: FigureAnswer) => ({
  x: 0.5,
  y: 0.5,
  width: 1,
  height: 1,
  ...withNumbers(hotspot),
})

const withNumbers = (
  value: Readonly<Record<string, unknown>> | null | undefined,
): Readonly<Record<string, number>> =>
  Object.fromEntries(
    Object.entries(value ?? {}).flatMap(([name, number]) =>
      typeof number === 'number' && Number.isFinite(number) ? [[name, number]] : [],
    ),
  )
