import sharp from 'sharp'
import {afterAll, beforeAll, describe, expect, it} from 'vitest'

import type {JsonObject} from '../../core/document.ts'
import {
  BLUE,
  bodyOf,
  corners,
  createTestAssets,
  GREEN,
  look,
  type Picture,
  quadrants,
  RED,
  refusal,
  type TestAssets,
  YELLOW,
} from '../testAssets.ts'

let lab: TestAssets
/** 400×200, red and green above blue and yellow. */
let wide: JsonObject

beforeAll(async () => {
  lab = await createTestAssets()
  wide = await lab.upload('image', await quadrants(400, 200))
})
afterAll(() => lab[Symbol.asyncDispose]())

const see = async (search: string, document = wide): Promise<Picture> =>
  look(await bodyOf(await lab.serve(document, {search})))

const sizeOf = async (search: string, document = wide): Promise<string> => {
  const {width, height} = await sharp(await bodyOf(await lab.serve(document, {search}))).metadata()
  return `${width}x${height}`
}

describe('size', () => {
  it.each([
    ['w=100', '100x50'],
    ['h=100', '200x100'],
    ['w=800', '800x400'],
    ['w=100&h=100', '100x50'],
    ['w=100&h=100&fit=clip', '100x50'],
    ['w=1000&h=1000&fit=clip', '1000x500'],
    ['w=1000&h=1000&fit=max', '400x200'],
    ['w=800&fit=max', '400x200'],
    ['w=100&h=100&fit=max', '100x50'],
    ['w=100&h=100&fit=scale', '100x100'],
    ['w=100&fit=scale', '100x50'],
    ['w=100&h=100&fit=crop', '100x100'],
    ['w=1000&h=1000&fit=crop', '1000x1000'],
    ['w=1000&h=1000&fit=min', '200x200'],
    ['w=100&h=100&fit=min', '100x100'],
    ['w=800&fit=min', '400x200'],
    ['w=100&h=100&fit=fill', '100x100'],
    ['w=1000&h=1000&fit=fillmax', '1000x1000'],
    ['w=100&dpr=2', '200x100'],
    ['w=100&dpr=1.5', '150x75'],
    ['w=100&dpr=9', '300x150'],
    ['w=100&pad=10', '120x70'],
    ['h=100&max-w=150&fit=crop', '150x100'],
    ['h=100&min-w=300&fit=crop', '300x100'],
    ['w=100&min-h=80&fit=crop', '100x80'],
    ['max-w=300&max-h=300&fit=crop', '300x150'],
    ['max-w=300&max-h=50&fit=crop', '100x50'],
    ['max-w=300&max-h=50&min-w=200&fit=crop', '200x50'],
    ['or=270&w=100&h=50&fit=crop', '100x50'],
    ['h=100&max-w=150', '200x100'],
    ['rect=0,0,100,100&w=50', '50x50'],
    ['rect=350,150,500,500', '50x50'],
    ['or=90&w=100', '100x200'],
    ['rect=0,0,400,4&w=20000&fm=jpg', '8192x82'],
    ['rect=0,0,400,4&w=4000&dpr=3&fm=jpg', '8192x82'],
    ['w=100000&h=10&fit=scale', '8192x1'],
  ])('%s gives %s', async (search, expected) => {
    expect(await sizeOf(search)).toBe(expected)
  })
})

/** What JPEG leaves of pure colours, as pure ones. */
const near = (picture: Picture): string[] =>
  corners(picture).map((colour) =>
    colour.replace(/[0-9a-f]{2}/g, (channel) => (Number.parseInt(channel, 16) > 127 ? 'f' : '0')),
  )

describe('where the pixels come from', () => {
  it.each([
    ['w=200', [RED, GREEN, YELLOW, BLUE]],
    ['rect=0,0,200,100&w=50', [RED, RED, RED, RED]],
    ['rect=200,100,200,100&w=50', [YELLOW, YELLOW, YELLOW, YELLOW]],
    ['rect=100,0,200,100&w=50', [RED, GREEN, GREEN, RED]],
    ['w=100&h=100&fit=crop', [RED, GREEN, YELLOW, BLUE]],
    ['w=100&h=100&fit=crop&crop=left', [RED, RED, BLUE, BLUE]],
    ['w=100&h=100&fit=crop&crop=right', [GREEN, GREEN, YELLOW, YELLOW]],
    ['w=100&h=25&fit=crop&crop=top', [RED, GREEN, GREEN, RED]],
    ['w=100&h=25&fit=crop&crop=bottom', [BLUE, YELLOW, YELLOW, BLUE]],
    ['w=100&h=100&fit=crop&crop=top,left', [RED, RED, BLUE, BLUE]],
    ['w=100&h=100&fit=min&crop=right', [GREEN, GREEN, YELLOW, YELLOW]],
    ['w=100&h=100&fit=crop&crop=focalpoint&fp-x=0.1&fp-y=0.5', [RED, RED, BLUE, BLUE]],
    ['w=100&h=100&fit=crop&fp-x=1&fp-y=0', [GREEN, GREEN, YELLOW, YELLOW]],
    ['w=100&h=20&fit=crop&crop=focalpoint&fp-x=0.5&fp-y=0.2', [RED, GREEN, GREEN, RED]],
    ['rect=200,0,200,200&w=100&h=50&fit=crop&crop=bottom', [YELLOW, YELLOW, YELLOW, YELLOW]],
    ['w=100&h=100&fit=scale', [RED, GREEN, YELLOW, BLUE]],
    ['or=90&w=100', [BLUE, RED, GREEN, YELLOW]],
    ['or=180&w=100', [YELLOW, BLUE, RED, GREEN]],
    ['or=270&w=100', [GREEN, YELLOW, BLUE, RED]],
    ['flip=h&w=100', [GREEN, RED, BLUE, YELLOW]],
    ['flip=v&w=100', [BLUE, YELLOW, GREEN, RED]],
    ['flip=hv&w=100', [YELLOW, BLUE, RED, GREEN]],
    ['or=90&flip=h&w=100', [RED, BLUE, YELLOW, GREEN]],
    ['or=90&w=100&h=100&fit=crop&crop=top', [BLUE, RED, RED, BLUE]],
    ['or=90&w=100&h=100&fit=crop&crop=bottom', [YELLOW, GREEN, GREEN, YELLOW]],
    ['or=270&w=100&h=100&fit=crop&crop=top', [GREEN, YELLOW, YELLOW, GREEN]],
    ['or=180&w=100&h=100&fit=crop&crop=left', [YELLOW, YELLOW, GREEN, GREEN]],
    ['flip=h&w=100&h=100&fit=crop&crop=left', [GREEN, GREEN, YELLOW, YELLOW]],
    ['flip=v&w=100&h=25&fit=crop&crop=top', [BLUE, YELLOW, YELLOW, BLUE]],
    ['or=90&flip=h&rect=0,0,200,200&w=40', [RED, BLUE, BLUE, RED]],
  ])('%s', async (search, expected) => {
    expect(corners(await see(`${search}&fm=png`))).toEqual(expected)
  })

  it('finds the busy part with crop=entropy', async () => {
    const noise = await sharp({
      create: {
        width: 100,
        height: 100,
        channels: 3,
        background: 'black',
        noise: {type: 'gaussian', mean: 128, sigma: 60},
      },
    })
      .png()
      .toBuffer()
    const picture = await sharp({create: {width: 500, height: 100, channels: 3, background: RED}})
      .composite([{input: noise, left: 400, top: 0}])
      .png()
      .toBuffer()
    const document = await lab.upload('image', picture)
    const busy = await see('w=100&h=100&fit=crop&crop=entropy', document)
    expect(`${busy.width}x${busy.height}`).toBe('100x100')
    expect(corners(busy)).not.toContain(RED)
    expect(corners(await see('w=100&h=100&fit=crop', document))).toEqual([RED, RED, RED, RED])
  })

  it('takes a photograph upright before anything else', async () => {
    const landscape = await sharp(await quadrants(400, 200))
      .withMetadata({orientation: 6})
      .jpeg({quality: 100, chromaSubsampling: '4:4:4'})
      .toBuffer()
    const document = await lab.upload('image', landscape)
    expect(document['_id']).toMatch(/-200x400-jpg$/)
    expect(near(await see('w=100', document))).toEqual(['#00f', '#f00', '#0f0', '#ff0'])
    const rect = await see('rect=100,0,100,200&w=50', document)
    expect(`${rect.width}x${rect.height}`).toBe('50x100')
    expect(near(rect)).toEqual(['#f00', '#f00', '#f00', '#f00'])
    const turned = await see('or=90&w=100', document)
    expect(`${turned.width}x${turned.height}`).toBe('100x50')
    expect(near(turned)).toEqual(['#ff0', '#00f', '#f00', '#0f0'])
  })
})

const photograph = async (orientation: number) =>
  sharp(await quadrants(1600, 800))
    .withMetadata({orientation})
    .jpeg({quality: 100, chromaSubsampling: '4:4:4'})
    .toBuffer()

describe('a photograph is read no larger than needed', () => {
  // Bytes that were scaled by the decoder differ from those scaled after it.
  it.each([
    ['w=200', {width: 200}],
    ['w=100&h=100&fit=crop', {width: 100, height: 100}],
    ['w=150&h=100&fit=crop&pad=0', {width: 150, height: 100}],
  ])('for %s, as sharp itself does', async (search, size) => {
    const bytes = await photograph(1)
    const document = await lab.upload('image', bytes)
    const own = sharp(bytes).resize(size)
    const serve = async (format: string): Promise<Buffer> =>
      Buffer.from(await bodyOf(await lab.serve(document, {search: `${search}&fm=${format}`})))
    expect((await own.jpeg({quality: 75}).toBuffer()).equals(await serve('jpg'))).toBe(true)
    expect((await own.webp({quality: 75}).toBuffer()).equals(await serve('webp'))).toBe(true)
  })

  it.each([
    ['rect=0,0,800,400&w=100', 1, '100x50', ['#f00', '#f00', '#f00', '#f00']],
    ['rect=799,399,801,401&w=100', 1, '100x50', ['#ff0', '#ff0', '#ff0', '#ff0']],
    ['w=100&h=100&fit=crop&crop=right', 1, '100x100', ['#0f0', '#0f0', '#ff0', '#ff0']],
    ['w=99&h=7&fit=crop&crop=bottom', 1, '99x7', ['#00f', '#ff0', '#ff0', '#00f']],
    ['rect=0,0,800,400&w=100&flip=h', 1, '100x50', ['#f00', '#f00', '#f00', '#f00']],
    ['w=100&h=100&fit=crop&crop=right&flip=h', 1, '100x100', ['#f00', '#f00', '#00f', '#00f']],
    ['rect=0,0,400,800&w=100', 6, '100x200', ['#00f', '#00f', '#00f', '#00f']],
    ['w=100&h=100&fit=crop&crop=bottom', 6, '100x100', ['#ff0', '#0f0', '#0f0', '#ff0']],
  ])(
    'and %s (orientation %d) still shows the right part',
    async (search, orientation, size, seen) => {
      const document = await lab.upload('image', await photograph(orientation))
      const picture = await see(search, document)
      expect(`${picture.width}x${picture.height}`).toBe(size)
      expect(near(picture)).toEqual(seen)
    },
  )

  it('and a drawing whose region is as wide as its file says is still cut', async () => {
    const drawing =
      '<svg xmlns="http://www.w3.org/2000/svg" width="100" height="100">' +
      '<rect width="50" height="50" fill="#ff0000"/><rect x="50" width="50" height="50" fill="#00ff00"/>' +
      '<rect y="50" width="50" height="50" fill="#0000ff"/>' +
      '<rect x="50" y="50" width="50" height="50" fill="#ffff00"/></svg>'
    const document = await lab.upload('image', Buffer.from(drawing))
    expect(corners(await see('rect=0,0,50,50&w=100&fm=png', document))).toEqual([
      RED,
      RED,
      RED,
      RED,
    ])
  })
})

describe('colours', () => {
  let clear: JsonObject
  beforeAll(async () => {
    const bytes = await sharp({
      create: {width: 100, height: 100, channels: 4, background: {r: 0, g: 0, b: 0, alpha: 0}},
    })
      .composite([
        {
          input: {create: {width: 50, height: 100, channels: 4, background: RED}},
          left: 0,
          top: 0,
        },
      ])
      .png()
      .toBuffer()
    clear = await lab.upload('image', bytes)
  })

  it.each([
    ['bg=0000ff&w=50', BLUE],
    ['bg=00f&w=50', BLUE],
    ['bg=f00f&w=50', BLUE],
    ['bg=ff0000ff&w=50', BLUE],
    ['w=50', 'clear'],
    ['bg=0000&w=50', 'clear'],
  ])('%s fills what is transparent with %s', async (search, expected) => {
    const picture = await see(search, clear)
    expect(picture.at(0.9, 0.5)).toBe(expected)
    expect(picture.at(0.1, 0.5)).toBe(RED)
  })

  it('puts what JPEG cannot leave out on white, or on the colour asked for', async () => {
    expect((await see('w=50&fm=jpg', clear)).at(0.9, 0.5)).toBe('#ffffff')
    expect((await see('w=50&fm=jpg&bg=00ff00', clear)).at(0.95, 0.5)).toMatch(
      /^#0[0-2]f[c-f]0[0-2]$/,
    )
    expect((await see('w=50&fm=jpg&bg=80000000', clear)).at(0.95, 0.5)).toMatch(/^#(7f|80)\1\1$/)
  })

  it('fills the box around the image with fit=fill and fit=fillmax', async () => {
    const fill = await see('w=100&h=100&fit=fill&bg=000000')
    expect([fill.at(0.5, 0.1), fill.at(0.1, 0.3), fill.at(0.9, 0.7)]).toEqual([
      '#000000',
      RED,
      YELLOW,
    ])
    const max = await see('w=800&h=800&fit=fillmax&bg=000000')
    expect([max.at(0.5, 0.3), max.at(0.3, 0.4), max.at(0.7, 0.6), max.at(0.1, 0.5)]).toEqual([
      '#000000',
      RED,
      YELLOW,
      '#000000',
    ])
    expect((await see('w=100&h=100&fit=fill')).at(0.5, 0.1)).toBe('clear')
  })

  it('pads with the background', async () => {
    const padded = await see('w=100&pad=25&bg=000000')
    expect(corners(padded)).toEqual(['#000000', '#000000', '#000000', '#000000'])
    expect([padded.at(0.3, 0.4), padded.at(0.7, 0.6)]).toEqual([RED, YELLOW])
  })

  it('inverts, and takes the colour out', async () => {
    expect((await see('w=100&invert=true')).at(0.1, 0.1)).toBe('#00ffff')
    expect((await see('w=100&invert=true', clear)).at(0.9, 0.5)).toBe('clear')
    for (const search of ['w=100&sat=-100', 'w=100&cs=b-w']) {
      expect((await see(search)).at(0.1, 0.1)).toMatch(/^#(..)\1\1$/)
    }
  })

  it('blurs and sharpens edges', async () => {
    const step = await sharp({create: {width: 200, height: 20, channels: 3, background: '#606060'}})
      .composite([
        {
          input: {create: {width: 100, height: 20, channels: 3, background: '#a0a0a0'}},
          left: 100,
          top: 0,
        },
      ])
      .png()
      .toBuffer()
    const document = await lab.upload('image', step)
    const beforeEdge = async (search: string): Promise<number> =>
      Number.parseInt((await see(search, document)).at(0.49, 0.5).slice(1, 3), 16)
    expect(await beforeEdge('w=200')).toBe(0x60)
    expect(await beforeEdge('blur=100')).toBeGreaterThan(0x70)
    expect(await beforeEdge('sharp=100')).toBeLessThan(0x58)
  })
})

describe('parameters that mean nothing', () => {
  it.each([
    'w=0',
    'w=-5',
    'w=abc',
    'w=',
    'w=1e9',
    'h=NaN',
    'w=99999999999',
    'dpr=x',
    'fit=cover',
    'crop=faces',
    'crop=top,',
    'rect=1,2,3',
    'rect=0,0,0,10',
    'rect=0,0,-5,10',
    'rect=a,b,c,d',
    'rect=400,0,10,10',
    'rect=-50,0,50,50',
    'fp-x=2',
    'fp-y=-0.1',
    'bg=red',
    'bg=12345',
    'blur=5000',
    'sharp=101',
    'sat=50',
    'invert=maybe',
    'flip=x',
    'or=45',
    'q=101',
    'q=-1',
    'fm=avif',
    'fm=exe',
    'auto=compress',
    'pad=-1',
    'frame=2',
    'cs=cmyk',
  ])('%s is refused', async (search) => {
    const error = await refusal(() => lab.serve(wide, {search}))
    expect(error.status).toBe(400)
    expect(error.body).toMatchObject({statusCode: 400, error: 'Bad Request'})
    expect(error.message).toContain(search.split('=')[0])
  })

  it('does not mind names that are no parameters', async () => {
    const response = await lab.serve(wide, {search: 'v=3&utm_source=mail'})
    expect(response.headers['x-sanity-sha1']).toBe(wide['sha1hash'])
  })
})
