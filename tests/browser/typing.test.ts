/** @module-tag long */
import type {Page} from 'playwright-core'
import {expect, inject, test} from 'vitest'

import {inNewsroom} from './inNewsroom.ts'
import {inSeconds, noteMeasure} from './measures.ts'
import {goToEndOfBody, pathOf, paragraph, STORY} from './studio.ts'

const KEYS = 200
const BLOCKS = 40
const WORDS = 125

/** Browsers report no shorter events. */
const SHORTEST = 16

test(
  'write in a story of 5,000 words',
  inNewsroom(async ({openStudio, client}) => {
    const body = Array.from({length: BLOCKS}, (_, block) => ({
      _key: `b${block}`,
      _type: 'block',
      style: 'normal',
      markDefs: [],
      children: [
        {_key: 's', _type: 'span', marks: [], text: `Part ${block} ${'story '.repeat(WORDS - 2)}`},
      ],
    }))
    await client.patch(STORY).set({body}).commit()
    const page = await openStudio()
    await page.getByRole('heading', {name: 'Home'}).waitFor()
    const start = Date.now()
    await page.goto(new URL(pathOf(STORY), page.url()).href)
    await paragraph(page, 'Part 0').waitFor()
    const opening = Date.now() - start

    await goToEndOfBody(page)
    await watchKeys(page)
    await page.keyboard.type('a line of text '.repeat(KEYS).slice(0, KEYS), {delay: 50})
    const text = paragraph(page, `Part ${BLOCKS - 1}`)
    await expect.poll(async () => (await text.innerText()).length).toBeGreaterThan(KEYS)
    const times = await keyTimes(page)
    const share = (part: number) => times[Math.min(KEYS - 1, Math.floor(part * KEYS))] ?? SHORTEST
    await noteMeasure(
      inject('measuresFile'),
      'key to paint, 5,000 words',
      `p50 ${share(0.5)} ms, p95 ${share(0.95)} ms, max ${share(1)} ms`,
    )
    await noteMeasure(inject('measuresFile'), 'open a story of 5,000 words', inSeconds(opening))
  }),
)

/** Keeps the time from each key to the next paint, as the browser’s Event Timing has it. */
const watchKeys = (page: Page): Promise<void> =>
  page.evaluate(`
    globalThis.keyTimes = []
    new PerformanceObserver((list) => {
      for (const {name, duration} of list.getEntries()) {
        if (name === 'keydown') globalThis.keyTimes.push(duration)
      }
    }).observe({type: 'event', durationThreshold: ${SHORTEST}})
  `)

/** The times of all keys in milliseconds, the shortest first. */
const keyTimes = async (page: Page): Promise<number[]> => {
  const reported = await page.evaluate<number[]>('globalThis.keyTimes')
  const unreported = Array.from({length: Math.max(0, KEYS - reported.length)}, () => SHORTEST)
  return [...unreported, ...reported].toSorted((one, other) => one - other)
}
