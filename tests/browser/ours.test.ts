/** @module-tag long */
import {expect, test} from 'vitest'

import {violationsIn} from './accessibility.ts'
import {inNewsroom} from './inNewsroom.ts'
import {pathOf, STORY} from './studio.ts'

test(
  'axe finds nothing wrong with what is ours in the form, the preview and “Used by”',
  inNewsroom(async ({openStudio}) => {
    const page = await openStudio(pathOf(STORY))
    const check = async (part: string): Promise<void> => {
      await page.locator(part).first().waitFor()
      expect(await violationsIn(page, part)).toEqual([])
    }
    await check('[data-testid="reader-sentence"]')
    await check('[data-testid="counter"]')
    await page.getByRole('button', {name: 'Write notes for the desk'}).click()
    await check('[data-testid="for-the-desk"]')

    await page.getByRole('tab', {name: 'Distribution'}).click()
    for (const name of ['Search engines', 'Social media']) {
      await page.getByRole('button', {name, exact: true}).click()
    }
    await check('[data-testid="card-seo"]')
    await check('[data-testid="card-social"]')
    await page.getByRole('tab', {name: 'Provenance'}).click()
    await check('[data-testid="proposal"]')
    await page.getByRole('tab', {name: 'Preview'}).click()
    await check('[data-testid="reader-page"]')

    await page.goto(new URL(pathOf('topic-news', 'topic'), page.url()).href)
    await page.getByRole('tab', {name: 'Used by'}).click()
    await page.getByText(/^Used in \d+ document/).waitFor()
    await check('[data-testid="used-by"]')
  }),
)
