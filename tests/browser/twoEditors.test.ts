/** @module-tag long */
import {expect, test} from 'vitest'

import {inNewsroom} from './inNewsroom.ts'
import {
  field,
  goToEndOfBody,
  HEADLINE,
  paragraph,
  pathOf,
  STORY,
  textInput,
  type,
} from './studio.ts'

const LETTERS = ' abcdefghijklmnopqrstuvwxyz'

test(
  'two editors in one document see each other and lose no keystrokes',
  inNewsroom(async ({openStudio, client, lake}) => {
    const page = await openStudio(pathOf(STORY))
    const other = await openStudio(pathOf(STORY), {
      token: lake.createToken('Second desk', 'editor'),
    })
    await Promise.all([page, other].map((tab) => textInput(tab, 'headline').waitFor()))
    await goToEndOfBody(page)
    await page.getByRole('button', {name: 'Global presence'}).click()
    await page.getByRole('menuitem', {name: 'Second desk'}).waitFor()
    await page.keyboard.press('Escape')
    await goToEndOfBody(page)

    await textInput(other, 'headline').press('End')
    await Promise.all([type(page, LETTERS), type(other, LETTERS)])
    for (const tab of [page, other]) {
      await expect.poll(() => textInput(tab, 'headline').inputValue()).toBe(HEADLINE + LETTERS)
      await field(tab, 'body').getByText(`the tech whiz wrote.${LETTERS}`).waitFor()
    }
    expect(await paragraph(page, LETTERS).count()).toBe(1)
    await expect
      .poll(() =>
        client.fetch(
          '*[_id == $id][0]{headline, "text": string::split(pt::text(body), "wrote.")[-1]}',
          {
            id: `drafts.${STORY}`,
          },
        ),
      )
      .toEqual({headline: HEADLINE + LETTERS, text: LETTERS})
  }),
)
