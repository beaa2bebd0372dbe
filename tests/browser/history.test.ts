/** @module-tag long */
import {expect, test} from 'vitest'

import {inNewsroom} from './inNewsroom.ts'
import {pathOf, publish, STORY, textInput} from './studio.ts'

test(
  'review changes and restore an earlier revision',
  inNewsroom(async ({openStudio, client}) => {
    const page = await openStudio(pathOf(STORY))
    const headline = textInput(page, 'headline')
    await headline.fill('The first fix')
    await publish(page)
    await headline.fill('The second fix')
    await publish(page)
    await headline.fill('The third fix')

    await page.getByTestId('document-pane').getByTestId('pane-context-menu-button').click()
    await page.getByRole('menuitem', {name: 'History'}).click()
    await page.getByRole('tab', {name: 'Review changes'}).click()
    const changes = page.getByTestId('review-changes-pane').last()
    await expect.poll(() => changes.innerText()).toMatch(/The\s*secon\s*thir\s*d fix/)

    await page.getByRole('tab', {name: 'History'}).click()
    const published = page.getByTestId('timeline-item-button').filter({hasText: 'Published'})
    expect(await published.count()).toBe(2)
    await published.last().click()
    await expect.poll(() => headline.inputValue()).toBe('The first fix')
    await page.getByTestId('action-reverttorevision').click()
    await page.getByRole('button', {name: 'Confirm'}).click()
    await expect
      .poll(() => client.fetch('*[_id == $id][0].headline', {id: `drafts.${STORY}`}))
      .toBe('The first fix')
  }),
)
