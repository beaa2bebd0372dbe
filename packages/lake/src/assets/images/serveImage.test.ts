import fc from 'fast-check'
import sharp from 'sharp'
import {afterAll, beforeAll, describe, expect, it} from 'vitest'

import type {JsonObject} from '../../core/document.ts'
import {LakeError} from '../../core/errors.ts'
import {MAX_IMAGE_OUTPUT_SIDE} from '../../core/limits.ts'
import {bodyOf, createTestAssets, quadrants, type TestAssets} from '../testAssets.ts'

let lab: TestAssets
let documents: JsonObject[]

beforeAll(async () => {
  lab = await createTestAssets()
  const flat = sharp(await quadrants(40, 20))
  const frames = await Promise.all([flat.clone().png().toBuffer(), flat.clone().flop().toBuffer()])
  const svg =
    '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><circle r="20"/></svg>'
  const pictures = await Promise.all([
    flat.clone().withMetadata({orientation: 5}).jpeg().toBuffer(),
    flat.clone().toColourspace('cmyk').tiff().toBuffer(),
    flat.clone().toColourspace('b-w').png().toBuffer(),
    flat.clone().toColourspace('rgb16').png().toBuffer(),
    flat.clone().png({palette: true}).toBuffer(),
    flat.clone().ensureAlpha(0.5).webp().toBuffer(),
    flat.clone().avif({effort: 0}).toBuffer(),
    sharp(frames, {join: {animated: true}})
      .gif()
      .toBuffer(),
    Buffer.from(svg),
  ])
  documents = await Promise.all(pictures.map((bytes) => lab.upload('image', bytes)))
})
afterAll(() => lab[Symbol.asyncDispose]())

/** A parameter that is there one time in three. */
const one = (name: string, ...values: string[]) =>
  fc.oneof(
    {arbitrary: fc.constant(''), weight: 2},
    {arbitrary: fc.constantFrom(...values).map((value) => `${name}=${value}`), weight: 1},
  )
const sizes = ['1', '7', '10', '20', '39', '40', '41', '80', '133', 'x']
const searches = fc
  .tuple(
    one('w', ...sizes),
    one('h', ...sizes),
    one('min-w', ...sizes),
    one('max-h', ...sizes),
    one('dpr', '1', '2', '3', '-1'),
    one('fit', 'clip', 'crop', 'fill', 'fillmax', 'max', 'min', 'scale'),
    one('crop', 'entropy', 'focalpoint', 'top', 'left,bottom', 'middle'),
    one('rect', '0,0,1,1', '3,2,30,20', '-5,-5,100,100', '19,19,1,1', '40,0,1,1'),
    one('fp-x', '0', '0.3', '1'),
    one('or', '0', '90', '180', '270'),
    one('flip', 'h', 'v', 'hv'),
    one('pad', '0', '1', '20'),
    one('bg', 'fff', '80ff0000', '0000'),
    one('blur', '1', '50'),
    one('sharp', '1', '100'),
    one('sat', '-100'),
    one('invert', 'true'),
    one('q', '0', '100'),
    one('fm', 'jpg', 'pjpg', 'png', 'webp', 'json'),
    one('auto', 'format'),
    one('frame', '1'),
  )
  .map((parts) => parts.filter((part) => part !== '').join('&'))

/** What came of a request: `picture`, `text`, or the status and message of a refusal. */
const outcome = async (document: JsonObject, search: string): Promise<string> => {
  try {
    const response = await lab.serve(document, {search, headers: {accept: 'image/webp'}})
    const bytes = await bodyOf(response)
    if (response.headers['content-type']?.startsWith('application/json')) {
      JSON.parse(String(bytes))
      return 'text'
    }
    const {info} = await sharp(bytes).raw().toBuffer({resolveWithObject: true})
    return Math.max(info.width, info.height) <= MAX_IMAGE_OUTPUT_SIDE ? 'picture' : 'too large'
  } catch (error) {
    return error instanceof LakeError ? `${error.status} ${error.message}` : String(error)
  }
}

/** How many requests and how many damaged images: for every change, and in `npm run test:long`. */
const EFFORTS = [
  {requests: 150, damaged: 75, tags: []},
  {requests: 400, damaged: 200, tags: ['long']},
]

/** For machines with other things to do: a damaged header may ask for many pixels. */
const PATIENCE = 180_000

describe('serveImage', () => {
  for (const {requests, tags} of EFFORTS) {
    it(
      `gives a picture or says what is wrong with the parameters, whatever they are, ${requests} times`,
      {timeout: PATIENCE, tags},
      async () => {
        const counts = {picture: 0, text: 0, refused: 0}
        const property = fc.asyncProperty(fc.nat(100), searches, async (pick, search) => {
          const document = documents[pick % documents.length] ?? {}
          const result = await outcome(document, search)
          expect(result).toMatch(/^(?:picture|text|400 Image parameter .*)$/)
          counts[result === 'picture' || result === 'text' ? result : 'refused'] += 1
        })
        // One request of each kind, so that none depends on chance.
        const examples: [number, string][] = [
          [0, 'w=20'],
          [0, 'fm=json'],
          [0, 'w=x'],
        ]
        await fc.assert(property, {numRuns: requests, examples})
        expect(Math.min(...Object.values(counts))).toBeGreaterThan(0)
      },
    )
  }
})

describe('damaged images', () => {
  for (const {damaged, tags} of EFFORTS) {
    it(
      `are kept or refused, but never more than that, ${damaged} times`,
      {timeout: PATIENCE, tags},
      async () => {
        const originals = await Promise.all(
          documents.map(async (document) => bodyOf(await lab.serve(document))),
        )
        const damage = fc.array(fc.tuple(fc.nat(), fc.nat(255)), {minLength: 1, maxLength: 6})
        const cut = fc.oneof(
          {arbitrary: fc.constant(1), weight: 3},
          {arbitrary: fc.double({min: 0, max: 1, noNaN: true}), weight: 1},
        )
        const counts = {kept: 0, refused: 0}
        const property = fc.asyncProperty(fc.nat(100), damage, cut, async (pick, changes, part) => {
          const bytes = Buffer.from(originals[pick % originals.length] ?? '')
          for (const [at, value] of changes) bytes[at % bytes.length] = value
          const search = 'meta=lqip,palette,blurhash,thumbhash,exif,image,location'
          const upload = lab.upload(
            'image',
            bytes.subarray(0, Math.max(1, Math.ceil(bytes.length * part))),
            {search},
          )
          const result = await upload.then(
            () => 'kept',
            (error: unknown) => (error instanceof LakeError ? String(error.status) : String(error)),
          )
          expect(result).toMatch(/^(?:kept|415|422)$/)
          counts[result === 'kept' ? 'kept' : 'refused'] += 1
        })
        // The first byte of a JPEG as it was, then another.
        const examples: [number, [number, number][], number][] = [
          [0, [[0, 0xff]], 1],
          [0, [[0, 0]], 1],
        ]
        await fc.assert(property, {numRuns: damaged, examples})
        expect(Math.min(...Object.values(counts))).toBeGreaterThan(0)
      },
    )
  }
})
