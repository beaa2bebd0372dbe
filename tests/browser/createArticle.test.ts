import type {Page} from 'playwright-core'
import {expect, inject, test} from 'vitest'

import {articleBySlugQuery} from '../../front/queries/index.ts'
import {inNewsroom} from './inNewsroom.ts'
import {noteMeasure} from './measures.ts'
import {field, pick, publish, textInput} from './studio.ts'

test(
  'write and publish a new article in under 25 interactions',
  inNewsroom(async ({openStudio, reader}) => {
    const page = await openStudio()
    const interactions = await countInteractions(page)

    await page.getByTestId('new-document-button').click()
    await page.getByRole('link', {name: 'Article', exact: true}).click()
    await textInput(page, 'headline').fill('Council opens a second bridge')

    await field(page, 'byline').getByRole('button', {name: 'Add item'}).click()
    const entry = page.getByRole('dialog')
    await pick(page, entry, 'Cameron Frew')
    await entry.getByRole('button', {name: 'Close dialog'}).click()

    await pick(page, page.getByTestId('form-view'), 'News')
    const body = field(page, 'body').locator('[contenteditable="true"]')
    await body.click()
    await page.keyboard.insertText('The bridge was opened this morning.')
    await publish(page)

    const now = new Date().toISOString()
    const article = await reader.fetch(articleBySlugQuery, {
      slug: 'council-opens-a-second-bridge',
      now,
    })
    expect(article?.headline).toBe('Council opens a second bridge')
    expect(Date.now() - Date.parse(article?.firstPublishedAt ?? '')).toBeLessThan(300_000)
    const count = await interactions()
    expect(count).toBeLessThan(25)
    expect(count).toBeGreaterThan(5)
    await noteMeasure(
      inject('measuresFile'),
      'a new article, from empty to published',
      `${count} interactions`,
    )

    // The preview shows it as a site does, with the names of what it refers to.
    await page.getByRole('tab', {name: 'Preview'}).click()
    const story = page.locator('article.story')
    await expect
      .poll(() => story.innerText())
      .toMatch(
        /^News\s+Council opens a second bridge\s+By Cameron Frew\s+[^\n]+\s+The bridge was opened this morning\.\s*$/i,
      )
  }),
)

/** Counts clicks and fields with input. The returned function reads the count. */
const countInteractions = async (page: Page): Promise<() => Promise<number>> => {
  await page.evaluate(() => {
    const written = new Set<EventTarget | null>()
    let clicks = 0
    addEventListener('pointerdown', () => (clicks += 1), {capture: true})
    addEventListener('input', ({target}) => written.add(target), {capture: true})
    Object.assign(globalThis, {interactions: () => clicks + written.size})
  })
  return () => page.evaluate<number>('interactions()')
}
