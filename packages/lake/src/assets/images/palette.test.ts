import {describe, expect, it} from 'vitest'

import {isJsonObject} from '../../core/document.ts'
import {paletteOf} from './palette.ts'

/** Pixels of the given colours, `share` of each. */
const pixels = (
  ...colours: [share: number, r: number, g: number, b: number, a?: number][]
): Uint8Array =>
  Uint8Array.from(
    colours.flatMap(([share, r, g, b, a = 255]) =>
      Array.from({length: share}, () => [r, g, b, a]).flat(),
    ),
  )

const swatch = (palette: ReturnType<typeof paletteOf>, name: string): Record<string, unknown> => {
  const found = palette?.[name]
  if (!isJsonObject(found)) throw new Error(`no ${name}`)
  return {...found}
}

describe('paletteOf', () => {
  it('finds the swatch that each colour is', () => {
    const palette = paletteOf(
      pixels(
        [50, 200, 30, 40],
        [20, 20, 60, 110],
        [10, 90, 60, 70],
        [15, 150, 210, 240],
        [5, 200, 190, 185],
      ),
    )
    expect(palette?.['_type']).toBe('sanity.imagePalette')
    expect(swatch(palette, 'vibrant')).toEqual({
      _type: 'sanity.imagePaletteSwatch',
      background: '#c81e28',
      foreground: '#fff',
      population: 50,
      title: '#fff',
    })
    expect(swatch(palette, 'darkVibrant')).toMatchObject({background: '#143c6e', population: 20})
    expect(swatch(palette, 'lightVibrant')).toMatchObject({background: '#96d2f0', population: 15})
    expect(swatch(palette, 'darkMuted')).toMatchObject({background: '#5a3c46', population: 10})
    expect(swatch(palette, 'lightMuted')).toMatchObject({background: '#c8beb9', population: 5})
    expect(swatch(palette, 'dominant')).toEqual(swatch(palette, 'vibrant'))
  })

  /** Swatches that documents of sanity.io hold. */
  it.each([
    ['9fa8b7', '#000', '#fff'],
    ['b4d6f3', '#000', '#000'],
    ['599ad2', '#fff', '#fff'],
    ['9ec445', '#000', '#fff'],
    ['9a9e63', '#000', '#fff'],
    ['70773b', '#fff', '#fff'],
  ])('puts %s under the text colours that sanity.io does', (hex, foreground, title) => {
    const [r = 0, g = 0, b = 0] = Buffer.from(hex, 'hex')
    expect(swatch(paletteOf(pixels([1, r, g, b])), 'dominant')).toMatchObject({
      background: `#${hex}`,
      foreground,
      title,
      population: 100,
    })
  })

  it('makes what is missing of what is there, with population 0', () => {
    const palette = paletteOf(pixels([1, 128, 128, 128]))
    expect(swatch(palette, 'muted')).toMatchObject({background: '#808080', population: 100})
    expect(swatch(palette, 'lightVibrant')).toMatchObject({background: '#bdbdbd', population: 0})
    expect(swatch(palette, 'darkMuted')).toMatchObject({background: '#424242', population: 0})
  })

  it('does not count white paper and what is transparent, unless there is nothing else', () => {
    const palette = paletteOf(pixels([90, 255, 255, 255], [5, 200, 30, 40], [5, 0, 255, 0, 0]))
    expect(swatch(palette, 'dominant')).toMatchObject({background: '#c81e28', population: 5})
    expect(swatch(paletteOf(pixels([4, 255, 255, 255])), 'dominant')).toMatchObject({
      population: 100,
    })
    expect(paletteOf(pixels([4, 255, 0, 0, 0]))).toBeUndefined()
  })

  it('tells the colours of a gradient apart', () => {
    const gradient = Array.from({length: 256}, (_, value): [number, number, number, number] => [
      1,
      value,
      255 - value,
      128,
    ])
    const palette = paletteOf(pixels(...gradient))
    const colours = ['vibrant', 'muted', 'dominant'].map(
      (name) => swatch(palette, name)['background'],
    )
    expect(new Set(colours).size).toBeGreaterThan(1)
    expect(Number(swatch(palette, 'dominant')['population'])).toBeLessThan(10)
  })
})
