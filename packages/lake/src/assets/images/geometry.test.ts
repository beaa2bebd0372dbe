import fc from 'fast-check'
import {describe, expect, it} from 'vitest'

import {MAX_IMAGE_OUTPUT_SIDE} from '../../core/limits.ts'
import {clipRect, planImage, type Shape, type Size} from './geometry.ts'

const side = fc.integer({min: 1, max: 20_000})
const length = fc.option(fc.integer({min: 1, max: 30_000}), {nil: undefined})
const fraction = fc.double({min: 0, max: 1, noNaN: true})
const bounds = fc.record({width: length, height: length})
const region = fc.record({
  left: fc.integer({min: -100, max: 20_000}),
  top: fc.integer({min: -100, max: 20_000}),
  width: side,
  height: side,
})
const crop = fc.oneof(
  fc.record({by: fc.constantFrom('edge' as const, 'focus' as const), x: fraction, y: fraction}),
  fc.constant({by: 'entropy' as const}),
)
const shapes: fc.Arbitrary<Shape> = fc.record({
  turn: fc.constantFrom(0 as const, 90 as const, 180 as const, 270 as const),
  flip: fc.record({horizontal: fc.boolean(), vertical: fc.boolean()}),
  width: length,
  height: length,
  atLeast: bounds,
  atMost: bounds,
  fit: fc.constantFrom(...(['clip', 'crop', 'fill', 'fillmax', 'max', 'min', 'scale'] as const)),
  crop,
  pad: fc.integer({min: 0, max: 12_000}),
})

const inside = (
  {left, top, width, height}: Size & {left: number; top: number},
  outer: Size,
): boolean =>
  [left, top, width, height].every(Number.isInteger) &&
  left >= 0 &&
  top >= 0 &&
  width >= 1 &&
  height >= 1 &&
  left + width <= outer.width &&
  top + height <= outer.height

describe('planImage', () => {
  it('never reads outside of the source nor writes more than the limit', () => {
    fc.assert(
      fc.property(
        side,
        side,
        shapes,
        fc.option(region, {nil: undefined}),
        (width, height, shape, rect) => {
          const source = {width, height}
          const clipped = rect && clipRect(rect, source)
          if (rect && !clipped) return
          const {
            region: read,
            scaled,
            border,
            output,
          } = planImage(source, {
            ...shape,
            ...(clipped ? {rect: clipped} : {}),
          })
          expect(inside(read, source)).toBe(true)
          const room = {left: border.left, top: border.top, ...scaled}
          expect(inside(room, output)).toBe(true)
          expect(border.left + scaled.width + border.right).toBe(output.width)
          expect(border.top + scaled.height + border.bottom).toBe(output.height)
          expect(Math.min(border.right, border.bottom)).toBeGreaterThanOrEqual(0)
          expect(Math.max(output.width, output.height)).toBeLessThanOrEqual(MAX_IMAGE_OUTPUT_SIDE)
        },
      ),
      {numRuns: 20_000},
    )
  })

  it('never enlarges with fit=max, fillmax and min', () => {
    fc.assert(
      fc.property(
        side,
        side,
        shapes,
        fc.constantFrom('max' as const, 'fillmax' as const, 'min' as const),
        (width, height, shape, fit) => {
          const {region: read, scaled} = planImage({width, height}, {...shape, fit})
          const [across, down] =
            shape.turn % 180 === 0 ? [read.width, read.height] : [read.height, read.width]
          expect(scaled.width).toBeLessThanOrEqual(across)
          expect(scaled.height).toBeLessThanOrEqual(down)
        },
      ),
      {numRuns: 5000},
    )
  })
})
