import {expect, test} from 'vitest'

import {inNewsroom} from './inNewsroom.ts'
import {pathOf, publishButton, STORY, textInput} from './studio.ts'

test(
  'an error blocks publishing and says which field and what to do',
  inNewsroom(async ({openStudio, client}) => {
    const page = await openStudio(pathOf(STORY))
    await textInput(page, 'headline').fill('')
    await page.getByTestId('group-tab-story').getByTestId('input-validation-icon-error').waitFor()
    await expect.poll(() => publishButton(page).isDisabled()).toBe(true)

    await page.getByRole('button', {name: 'Validation'}).click()
    const finding = page.getByRole('button', {name: 'Headline Write a headline.'})
    await finding.click()
    // It opens the field to fix.
    await expect
      .poll(() => textInput(page, 'headline').evaluate((input) => input.matches(':focus')))
      .toBe(true)

    await page.keyboard.insertText('Musk asks Putin for a talk')
    await finding.waitFor({state: 'detached'})
    await publishButton(page).click()
    await expect
      .poll(() => client.fetch('*[_id == $id][0].headline', {id: STORY}))
      .toBe('Musk asks Putin for a talk')
  }),
)
