/** @module-tag long */
import {createImageUrlBuilder, type SanityImageSource} from '@sanity/image-url'
import type {Locator, Page} from 'playwright-core'
import {expect, test} from 'vitest'

import {inNewsroom} from './inNewsroom.ts'
import {field, pathOf, publish, STORY} from './studio.ts'

const COLOURS = ['red', 'lime', 'blue', 'yellow']

test(
  'upload a picture, crop it, set its hotspot, and see it cropped by its address',
  inNewsroom(async ({openStudio, client, reader}) => {
    const page = await openStudio(pathOf(STORY))
    const input = page.getByTestId('image-input').locator('input[type="file"]').first()
    await input.waitFor({state: 'attached'})
    await expect.poll(() => input.isEnabled()).toBe(true)
    await input.setInputFiles({
      name: 'quarters.png',
      mimeType: 'image/png',
      buffer: await picture(page),
    })
    await page.getByTestId('options-menu-edit-details').waitFor()
    await field(page, 'leadMedia.alt').getByRole('textbox').fill('Four fields of colour')

    await page.getByTestId('options-menu-edit-details').click()
    const dialog = page.getByRole('dialog')
    const image = dialog.locator('svg svg').first()
    await image.waitFor()
    // The hotspot is a circle around the whole: make it smaller, move it, then crop the left half.
    await drag(page, image, [0.854, 0.854], [0.65, 0.65])
    await drag(page, image, [0.5, 0.5], [0.75, 0.3])
    await drag(page, image, [0, 0.5], [0.5, 0.5])
    await dialog.getByRole('button', {name: 'Close dialog'}).click()
    await publish(page)

    const media = await reader.fetch<
      SanityImageSource & {alt: string; crop: {left: number}; hotspot: {x: number; y: number}}
    >('*[_id == $id][0].leadMedia', {id: STORY})
    expect(media.alt).toBe('Four fields of colour')
    expect(media.crop.left).toBeCloseTo(0.5, 1)
    expect(media.hotspot.x).toBeCloseTo(0.75, 1)
    expect(media.hotspot.y).toBeCloseTo(0.3, 1)
    const url = createImageUrlBuilder(client).image(media).width(100).url()
    // The left half, red and blue, is gone.
    expect(await cornersOf(page, url)).toEqual(['lime', 'lime', 'yellow', 'yellow'])
  }),
)

/** Four fields in two rows, each 200 by 100 pixels. */
const picture = async (page: Page): Promise<Buffer> => {
  const base64 = await page.evaluate((colours) => {
    const canvas = document.createElement('canvas')
    Object.assign(canvas, {width: 400, height: 200})
    const context = canvas.getContext('2d')
    for (const [index, colour] of colours.entries()) {
      if (context) context.fillStyle = colour
      context?.fillRect((index % 2) * 200, Math.floor(index / 2) * 100, 200, 100)
    }
    return canvas.toDataURL('image/png').split(',')[1]
  }, COLOURS)
  return Buffer.from(base64 ?? '', 'base64')
}

/** Drags between two points of an element, given as fractions of its size. */
const drag = async (
  page: Page,
  element: Locator,
  from: readonly [number, number],
  to: readonly [number, number],
): Promise<void> => {
  const box = await element.boundingBox()
  if (box === null) throw new Error('The element to drag is not visible.')
  const at = ([x, y]: readonly [number, number]): [number, number] => [
    box.x + x * box.width,
    box.y + y * box.height,
  ]
  await page.mouse.move(...at(from))
  await page.mouse.down()
  await page.mouse.move(...at(to), {steps: 10})
  await page.mouse.up()
}

/** The colours near the corners of a picture, left to right and top to bottom. */
const cornersOf = (page: Page, url: string): Promise<string[]> =>
  page.evaluate(
    async ([address, colours]) => {
      const picture = await createImageBitmap(await (await fetch(address)).blob())
      const {width, height} = picture
      const context = new OffscreenCanvas(width, height).getContext('2d')
      if (context === null) throw new Error('no canvas')
      context.drawImage(picture, 0, 0)
      const pixel = (x: number, y: number) => context.getImageData(x, y, 1, 1).data.join()
      const seen = [
        pixel(3, 3),
        pixel(width - 4, 3),
        pixel(3, height - 4),
        pixel(width - 4, height - 4),
      ]
      const names = new Map<string, string>()
      for (const colour of colours) {
        context.fillStyle = colour
        context.fillRect(0, 0, 1, 1)
        names.set(pixel(0, 0), colour)
      }
      return seen.map((value) => names.get(value) ?? value)
    },
    [url, COLOURS] as const,
  )
