/** @module-tag long */
import {expect, test} from 'vitest'

import {articleBySlugQuery} from '../../front/queries/index.ts'
import {inNewsroom} from './inNewsroom.ts'
import {field, paragraph, pathOf, pick, publish, SLUG, STORY} from './studio.ts'

test(
  'annotate a quotation with its speaker',
  inNewsroom(async ({openStudio, reader}) => {
    const page = await openStudio(pathOf(STORY))
    const body = field(page, 'body')
    // A word without an annotation.
    const word = paragraph(page, 'Never being afraid').getByText('Never being afraid')
    await word.dblclick({position: {x: 5, y: 8}})
    await expect.poll(() => page.evaluate(() => String(getSelection()).trim())).toBe('Never')
    await body
      .getByTestId('action-menu-auto-collapse-menu')
      .getByTestId('action-menu-button')
      .click()
    await page.getByRole('menuitem', {name: 'Quote with speaker'}).click()
    const popover = page.getByTestId('popover-edit-dialog')
    await pick(page, popover, 'Vladimir Putin')
    await popover.getByText('Vladimir Putin').waitFor()
    await page.keyboard.press('Escape')
    await publish(page)

    const now = new Date().toISOString()
    const article = await reader.fetch(articleBySlugQuery, {slug: SLUG, now})
    const block = article?.body?.find(
      (item) => item._type === 'block' && item.children?.[0]?.text === 'Never',
    )
    expect(block).toMatchObject({
      markDefs: [{_type: 'quotation', speaker: {name: 'Vladimir Putin'}}],
    })
  }),
)
