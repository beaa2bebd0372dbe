/**
 * The colour palette of an image, `metadata.palette`: six swatches and the dominant one.
 *
 * The colours are found by median cut; the swatches are chosen as Android's Palette and its port
 * node-vibrant do, whose thresholds sanity.io's documents agree with: `title` is white up to a
 * luma of 200, `foreground` up to 150, `population` is per cent of all pixels, and a swatch that
 * the image does not have is another one made lighter or darker, with population 0.
 */
import type {JsonObject} from '../../core/document.ts'

interface Colour {
  readonly r: number
  readonly g: number
  readonly b: number
  readonly count: number
}

interface Target {
  readonly luma: readonly [low: number, ideal: number, high: number]
  readonly saturation: readonly [low: number, ideal: number, high: number]
}

const DARK = [0, 0.26, 0.45] as const
const NORMAL = [0.3, 0.5, 0.7] as const
const LIGHT = [0.55, 0.74, 1] as const
const VIVID = [0.35, 1, 1] as const
const DULL = [0, 0.3, 0.4] as const

/** In the order in which they choose; a colour is taken once. */
const TARGETS = {
  vibrant: {luma: NORMAL, saturation: VIVID},
  lightVibrant: {luma: LIGHT, saturation: VIVID},
  darkVibrant: {luma: DARK, saturation: VIVID},
  muted: {luma: NORMAL, saturation: DULL},
  lightMuted: {luma: LIGHT, saturation: DULL},
  darkMuted: {luma: DARK, saturation: DULL},
} as const satisfies Record<string, Target>

const MAX_COLOURS = 64
const WEIGHTS = {saturation: 3, luma: 6.5, population: 0.5}

/** Hue in turns, saturation and luma from 0 to 1. */
const toHsl = ({r, g, b}: Colour): [h: number, s: number, l: number] => {
  const high = Math.max(r, g, b) / 255
  const low = Math.min(r, g, b) / 255
  const spread = high - low
  const luma = (high + low) / 2
  if (spread === 0) return [0, 0, luma]
  const saturation = spread / (luma > 0.5 ? 2 - high - low : high + low)
  const [red, green, blue] = [r / 255, g / 255, b / 255]
  if (high === red) return [((green - blue) / spread / 6 + 1) % 1, saturation, luma]
  const turn = high === green ? 2 + (blue - red) / spread : 4 + (red - green) / spread
  return [turn / 6, saturation, luma]
}

const fromHsl = (h: number, s: number, l: number): Colour => {
  const reach = s * Math.min(l, 1 - l)
  const channel = (n: number): number => {
    const k = (n + h * 12) % 12
    return Math.round(255 * (l - reach * Math.max(-1, Math.min(k - 3, 9 - k, 1))))
  }
  return {r: channel(0), g: channel(8), b: channel(4), count: 0}
}

/** Opaque pixels by colour, five bits a channel; white is left out, it is mostly paper. */
const histogram = (rgba: Uint8Array, keepWhite: boolean): Colour[] => {
  const bins = new Map<number, {r: number; g: number; b: number; count: number}>()
  for (let at = 0; at + 3 < rgba.length; at += 4) {
    const [r = 0, g = 0, b = 0, alpha = 0] = rgba.subarray(at, at + 4)
    if (alpha < 125 || (!keepWhite && Math.min(r, g, b) > 250)) continue
    const key = ((r >> 3) << 10) | ((g >> 3) << 5) | (b >> 3)
    const bin = bins.get(key) ?? {r: 0, g: 0, b: 0, count: 0}
    bins.set(key, {r: bin.r + r, g: bin.g + g, b: bin.b + b, count: bin.count + 1})
  }
  return [...bins.values()].map(({r, g, b, count}) => ({
    r: r / count,
    g: g / count,
    b: b / count,
    count,
  }))
}

const population = (box: readonly Colour[]): number => box.reduce((sum, {count}) => sum + count, 0)

const mean = (box: readonly Colour[]): Colour => {
  const count = population(box)
  const channel = (of: 'r' | 'g' | 'b'): number =>
    Math.round(box.reduce((sum, colour) => sum + colour[of] * colour.count, 0) / count)
  return {r: channel('r'), g: channel('g'), b: channel('b'), count}
}

const spread = (box: readonly Colour[], of: 'r' | 'g' | 'b'): number => {
  const values = box.map((colour) => colour[of])
  return Math.max(...values) - Math.min(...values)
}

const CHANNELS = ['r', 'g', 'b'] as const

/** Halves a box by population along the channel in which its colours differ most. */
const split = (box: readonly Colour[]): [Colour[], Colour[]] => {
  const spreads = CHANNELS.map((of) => spread(box, of))
  const axis = CHANNELS[spreads.indexOf(Math.max(...spreads))] ?? 'r'
  const sorted = box.toSorted((one, other) => one[axis] - other[axis])
  const half = population(box) / 2
  let passed = 0
  const middle = sorted.findIndex(({count}) => (passed += count) >= half)
  const cut = Math.min(Math.max(middle + 1, 1), sorted.length - 1)
  return [sorted.slice(0, cut), sorted.slice(cut)]
}

const medianCut = (colours: Colour[]): Colour[] => {
  const boxes = [colours]
  while (boxes.length < MAX_COLOURS) {
    const worth = boxes.map((box, index) => ({
      index,
      worth: population(box) * Math.max(...CHANNELS.map((of) => spread(box, of))),
    }))
    const best = worth.reduce((one, other) => (other.worth > one.worth ? other : one))
    const box = boxes[best.index]
    if (box === undefined || best.worth === 0) break
    boxes.splice(best.index, 1, ...split(box))
  }
  return boxes.map(mean)
}

const score = (colour: Colour, {luma, saturation}: Target, largest: number): number => {
  const [, s, l] = toHsl(colour)
  if (l < luma[0] || l > luma[2] || s < saturation[0] || s > saturation[2]) return -1
  return (
    WEIGHTS.saturation * (1 - Math.abs(s - saturation[1])) +
    WEIGHTS.luma * (1 - Math.abs(l - luma[1])) +
    WEIGHTS.population * (colour.count / largest)
  )
}

type Swatches = {[name in keyof typeof TARGETS]?: Colour}

const choose = (colours: readonly Colour[]): Swatches => {
  const largest = Math.max(...colours.map(({count}) => count))
  const taken = new Set<Colour>()
  const best = (target: Target): Colour | undefined => {
    const ranked = colours
      .filter((colour) => !taken.has(colour))
      .map((colour) => ({colour, score: score(colour, target, largest)}))
      .toSorted((one, other) => other.score - one.score)
    const [first] = ranked
    if (first === undefined || first.score < 0) return undefined
    taken.add(first.colour)
    return first.colour
  }
  return {
    vibrant: best(TARGETS.vibrant),
    lightVibrant: best(TARGETS.lightVibrant),
    darkVibrant: best(TARGETS.darkVibrant),
    muted: best(TARGETS.muted),
    lightMuted: best(TARGETS.lightMuted),
    darkMuted: best(TARGETS.darkMuted),
  }
}

/** The first colour there is, with another luma. */
const derive = (from: readonly (Colour | undefined)[], {luma}: Target): Colour => {
  const [h, s] = toHsl(from.find((colour) => colour !== undefined) ?? fromHsl(0, 0, 0))
  return fromHsl(h, s, luma[1])
}

const complete = (found: Swatches): Required<Swatches> => {
  const vivid = [found.vibrant, found.darkVibrant, found.lightVibrant]
  const dull = [found.muted, found.darkMuted, found.lightMuted]
  const vividFirst = [...vivid, ...dull]
  const dullFirst = [...dull, ...vivid]
  return {
    vibrant: found.vibrant ?? derive(vividFirst, TARGETS.vibrant),
    lightVibrant: found.lightVibrant ?? derive(vividFirst, TARGETS.lightVibrant),
    darkVibrant: found.darkVibrant ?? derive(vividFirst, TARGETS.darkVibrant),
    muted: found.muted ?? derive(dullFirst, TARGETS.muted),
    lightMuted: found.lightMuted ?? derive(dullFirst, TARGETS.lightMuted),
    darkMuted: found.darkMuted ?? derive(dullFirst, TARGETS.darkMuted),
  }
}

const swatch = ({r, g, b, count}: Colour, pixels: number): JsonObject => {
  const luma = (r * 299 + g * 587 + b * 114) / 1000
  return {
    _type: 'sanity.imagePaletteSwatch',
    background: `#${Buffer.from([r, g, b]).toString('hex')}`,
    foreground: luma < 150 ? '#fff' : '#000',
    population: Math.round((10_000 * count) / pixels) / 100,
    title: luma < 200 ? '#fff' : '#000',
  }
}

/**
 * @param rgba Pixels, four bytes each; a thumbnail is enough.
 * @returns `sanity.imagePalette`; undefined when every pixel is transparent.
 */
export const paletteOf = (rgba: Uint8Array): JsonObject | undefined => {
  const coloured = histogram(rgba, false)
  const colours = coloured.length > 0 ? coloured : histogram(rgba, true)
  if (colours.length === 0) return undefined
  const swatches = complete(choose(medianCut(colours)))
  const dominant = Object.values(swatches).reduce((one, other) =>
    other.count > one.count ? other : one,
  )
  const pixels = rgba.length / 4
  const named = Object.entries({...swatches, dominant})
  return {
    _type: 'sanity.imagePalette',
    ...Object.fromEntries(named.map(([name, colour]) => [name, swatch(colour, pixels)])),
  }
}
