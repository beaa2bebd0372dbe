/** @module-tag long */
import {expect, test} from 'vitest'

import {inNewsroom} from './inNewsroom.ts'
import {HEADLINE, pathOf, STORY, textInput} from './studio.ts'

test(
  'two tabs of one browser, and a reload while every stream is open',
  inNewsroom(async ({openStudio}) => {
    const page = await openStudio(pathOf(STORY))
    await textInput(page, 'headline').waitFor()
    // Tabs of one browser share its connections, six to a host.
    const second = await page.context().newPage()
    await second.goto(page.url())
    const third = await page.context().newPage()
    await third.goto(page.url())
    for (const tab of [second, third]) {
      await expect.poll(() => textInput(tab, 'headline').inputValue()).toBe(HEADLINE)
    }

    await page.reload()
    await textInput(page, 'headline').fill('Musk asks Putin for a talk')
    for (const tab of [second, third]) {
      await expect
        .poll(() => textInput(tab, 'headline').inputValue())
        .toBe('Musk asks Putin for a talk')
    }
  }),
)
