/**
 * Transformed pictures beside sharp's own time for the same work, in turns, by processor time of the
 * process: `node bench/pictures.ts`. Both start from the file each time.
 */
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import sharp, {type Sharp} from 'sharp'

import {imageFormatOf} from '../packages/lake/src/assets/images/imageFormat.ts'
import {
  type OpenImage,
  type OutputFormat,
  renderImage,
} from '../packages/lake/src/assets/images/renderImage.ts'
import type {Transformation} from '../packages/lake/src/assets/images/transformation.ts'
import {quantile} from './timing.ts'

const ROUNDS = 9
const AT_ONCE = [1, 4]

const open: OpenImage = (input, options) => sharp(input, {failOn: 'error', ...options})

const encode = (image: Sharp, output: OutputFormat): Sharp => {
  if (output === 'jpg') return image.jpeg({quality: 75})
  if (output === 'webp') return image.webp({quality: 75})
  if (output === 'avif') return image.avif({quality: 55, effort: 2})
  if (output === 'tif') return image.tiff({compression: 'lzw'})
  return output === 'gif' ? image.gif() : image.png()
}

/** Width of the source, a size that its encoder makes in a second or so. */
const SOURCES = [
  ['jpg', 3000],
  ['webp', 3000],
  ['png', 2000],
  ['tif', 2000],
  ['avif', 1500],
  ['gif', 800],
] as const

const NOTHING: Transformation = {
  turn: 0,
  flip: {horizontal: false, vertical: false},
  atLeast: {},
  atMost: {},
  fit: 'clip',
  crop: {by: 'edge', x: 0.5, y: 0.5},
  pad: 0,
  greyscale: false,
  invert: false,
  firstFrame: false,
  negotiated: false,
}

const SHAPES = [
  {name: 'w=600', own: {width: 600}, ours: {...NOTHING, width: 600}},
  {
    name: 'w=400&h=400&fit=crop',
    own: {width: 400, height: 400},
    ours: {...NOTHING, width: 400, height: 400, fit: 'crop' as const},
  },
]

const costOf = async (count: number, work: () => Promise<unknown>): Promise<number> => {
  const before = process.cpuUsage()
  await Promise.all(Array.from({length: count}, work))
  const {user, system} = process.cpuUsage(before)
  return (user + system) / 1000 / count
}

const measure = async (path: string, output: OutputFormat): Promise<void> => {
  const format = imageFormatOf(output)
  if (!format) throw new Error(`There is no format ${output}`)
  const size = await sharp(path).metadata()
  for (const {name, own, ours} of SHAPES) {
    for (const count of AT_ONCE) {
      const ratios: number[] = []
      for (let round = 0; round < ROUNDS; round += 1) {
        const job = {path, format, size, transformation: ours, output}
        const rendered = await costOf(count, () => renderImage(open, job))
        const plain = await costOf(count, () =>
          encode(open(path, {autoOrient: true}).resize(own), output).toBuffer(),
        )
        ratios.push(rendered / plain)
      }
      const [least, middle, most] = [0, 0.5, 1].map((share) => quantile(ratios, share).toFixed(2))
      console.log(`| ${output} | ${name} | ${count} | ${middle} | ${least}–${most} |`)
    }
  }
}

const folder = mkdtempSync(join(tmpdir(), 'copydesk-pictures-'))
try {
  sharp.cache(false)
  const grain = {type: 'gaussian', mean: 128, sigma: 20} as const
  const photograph = await sharp({
    create: {width: 3000, height: 2000, channels: 3, background: 'grey', noise: grain},
  })
    .blur(2)
    .png()
    .toBuffer()
  console.log('| format | transformation | at once | ours ÷ sharp | from … to |')
  console.log('| --- | --- | --: | --: | --: |')
  for (const [output, width] of SOURCES) {
    const path = join(folder, `source.${output}`)
    writeFileSync(path, await encode(sharp(photograph).resize(width), output).toBuffer())
    await measure(path, output)
  }
} finally {
  rmSync(folder, {recursive: true, force: true})
}
