/**
 * Reads the parameters of an image URL. An invalid value is an error, because an image that silently
 * ignores a parameter is harder to notice than a message. Unknown parameters (cache busters, tokens) are
 * ignored, as on sanity.io.
 *
 * Source: https://www.sanity.io/docs/apis-and-sdks/image-urls
 */
import {badRequest} from '../../core/errors.ts'
import type {Crop, Fit, Region, Shape, Turn} from './geometry.ts'

export interface Colour {
  readonly r: number
  readonly g: number
  readonly b: number
  /** 0 transparent, 1 opaque. */
  readonly alpha: number
}

export interface Transformation extends Shape {
  readonly background?: Colour
  /** 1–2000. */
  readonly blur?: number
  /** 0–100. */
  readonly sharpen?: number
  readonly greyscale: boolean
  readonly invert: boolean
  readonly firstFrame: boolean
  /** 0–100. */
  readonly quality?: number
  readonly format?: 'jpg' | 'pjpg' | 'png' | 'webp' | 'json'
  /** `auto=format`: the client's `accept` header chooses. */
  readonly negotiated: boolean
}

const FITS: readonly Fit[] = ['clip', 'crop', 'fill', 'fillmax', 'max', 'min', 'scale']
const FORMATS = ['jpg', 'pjpg', 'png', 'webp', 'json'] as const
const TURNS: readonly Turn[] = [0, 90, 180, 270]
const EDGES: ReadonlyMap<string, {x?: number; y?: number}> = new Map([
  ['top', {y: 0}],
  ['bottom', {y: 1}],
  ['left', {x: 0}],
  ['right', {x: 1}],
  ['center', {}],
])

const refuse = (name: string, value: string, expected: string): never => {
  throw badRequest(`Image parameter ${name}=${value.slice(0, 60)} is not valid: use ${expected}.`)
}

const DECIMAL = /^-?\d{1,9}(?:\.\d{1,20})?$/

const readNumber = (
  parameters: URLSearchParams,
  name: string,
  low: number,
  high: number,
): number | undefined => {
  const text = parameters.get(name)
  if (text === null) return undefined
  const value = DECIMAL.test(text) ? Number(text) : Number.NaN
  if (value >= low && value <= high) return value
  return refuse(name, text, high > 1e6 ? `a number from ${low}` : `a number from ${low} to ${high}`)
}

const readOneOf = <T extends string>(
  parameters: URLSearchParams,
  name: string,
  values: readonly T[],
): T | undefined => {
  const text = parameters.get(name)
  if (text === null) return undefined
  return values.find((value) => value === text) ?? refuse(name, text, values.join(', '))
}

const readFlag = (parameters: URLSearchParams, name: string): boolean =>
  ['', '1', 'true'].includes(readOneOf(parameters, name, ['', '0', '1', 'false', 'true']) ?? '0')

const readRect = (parameters: URLSearchParams): Region | undefined => {
  const text = parameters.get('rect')
  if (text === null) return undefined
  const parts = text.split(',')
  const [left, top, width, height] = parts.map((part) =>
    DECIMAL.test(part) ? Math.round(Number(part)) : Number.NaN,
  )
  const valid = parts.length === 4 && left !== undefined && top !== undefined
  if (valid && width !== undefined && height !== undefined && width > 0 && height > 0) {
    if (!Number.isNaN(left) && !Number.isNaN(top)) return {left, top, width, height}
  }
  return refuse('rect', text, 'left,top,width,height in pixels')
}

/** RGB, ARGB, RRGGBB or AARRGGBB. */
const readColour = (parameters: URLSearchParams): Colour | undefined => {
  const text = parameters.get('bg')
  if (text === null) return undefined
  const digits = /^#?([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})$/i.exec(text)?.[1]
  if (digits === undefined) return refuse('bg', text, 'RGB, ARGB, RRGGBB or AARRGGBB')
  const long = digits.length < 6 ? digits.replace(/./g, '$&$&') : digits
  const [alpha = 255, r = 0, g = 0, b = 0] = Buffer.from(long.padStart(8, 'f'), 'hex')
  return {r, g, b, alpha: alpha / 255}
}

const readCrop = (parameters: URLSearchParams): Crop => {
  const x = readNumber(parameters, 'fp-x', 0, 1)
  const y = readNumber(parameters, 'fp-y', 0, 1)
  const focused = x !== undefined || y !== undefined
  const text = parameters.get('crop') ?? (focused ? 'focalpoint' : 'center')
  if (text === 'entropy') return {by: 'entropy'}
  if (text === 'focalpoint') return {by: 'focus', x: x ?? 0.5, y: y ?? 0.5}
  const edges = text
    .split(',')
    .map(
      (edge) =>
        EDGES.get(edge) ??
        refuse('crop', text, 'top, bottom, left, right, center, focalpoint or entropy'),
    )
  return {by: 'edge', ...Object.assign({x: 0.5, y: 0.5}, ...edges)}
}

/** Colour spaces that browsers display; `origin` and `cmyk` are for print and not supported. */
const COLOUR_SPACES = ['srgb', 'b-w'] as const

const readSaturation = (parameters: URLSearchParams): boolean => {
  const value = readNumber(parameters, 'sat', -100, 0)
  if (value === undefined || value === 0) return false
  return value === -100 || refuse('sat', String(value), '-100, the only one supported')
}

const readFlip = (parameters: URLSearchParams): Shape['flip'] => {
  const value = readOneOf(parameters, 'flip', ['h', 'v', 'hv', 'vh']) ?? ''
  return {horizontal: value.includes('h'), vertical: value.includes('v')}
}

/** @throws LakeError 400 that names the parameter and its valid values. */
export const parseTransformation = (parameters: URLSearchParams): Transformation => {
  const density = Math.min(Math.max(readNumber(parameters, 'dpr', 0, 100) ?? 1, 1), 3)
  const length = (name: string): number | undefined => {
    const value = readNumber(parameters, name, 1, 999_999_999)
    return value === undefined ? undefined : Math.max(1, Math.round(value * density))
  }
  const turn = readOneOf(parameters, 'or', ['0', '90', '180', '270'])
  return {
    rect: readRect(parameters),
    turn: TURNS.find((candidate) => String(candidate) === turn) ?? 0,
    flip: readFlip(parameters),
    width: length('w'),
    height: length('h'),
    atLeast: {width: length('min-w'), height: length('min-h')},
    atMost: {width: length('max-w'), height: length('max-h')},
    fit: readOneOf(parameters, 'fit', FITS) ?? 'clip',
    crop: readCrop(parameters),
    pad: Math.round((readNumber(parameters, 'pad', 0, 4000) ?? 0) * density),
    background: readColour(parameters),
    blur: readNumber(parameters, 'blur', 0, 2000) || undefined,
    sharpen: readNumber(parameters, 'sharp', 0, 100) || undefined,
    greyscale: readOneOf(parameters, 'cs', COLOUR_SPACES) === 'b-w' || readSaturation(parameters),
    invert: readFlag(parameters, 'invert'),
    firstFrame: readOneOf(parameters, 'frame', ['1']) !== undefined,
    quality: readNumber(parameters, 'q', 0, 100),
    format: readOneOf(parameters, 'fm', FORMATS),
    negotiated: readOneOf(parameters, 'auto', ['format']) !== undefined,
  }
}

const NOTHING = JSON.stringify(parseTransformation(new URLSearchParams()))

/** Whether no change is requested, so that the original can be served. */
export const isUntouched = (transformation: Transformation): boolean =>
  JSON.stringify({...transformation, negotiated: false}) === NOTHING
