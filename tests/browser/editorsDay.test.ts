/** @module-tag long */
import {expect, test} from 'vitest'

import {inNewsroom} from './inNewsroom.ts'
import {field, footer, pathOf, STORY, textInput} from './studio.ts'

test(
  'the form says what readers see, and the story is in sight and three Tabs away',
  inNewsroom(async ({openStudio, client}) => {
    const page = await openStudio(pathOf(STORY))
    const sentence = page.getByTestId('reader-sentence')
    await sentence.getByText('Readers see this story.', {exact: true}).waitFor()

    const story = field(page, 'body').getByTestId('pt-editor')
    await story.getByText('Elon Musk has invited').first().waitFor()
    const {y = Infinity} = (await story.boundingBox()) ?? {}
    expect(y).toBeLessThan(800)
    await textInput(page, 'headline').focus()
    for (let tabs = 0; tabs < 3; tabs += 1) await page.keyboard.press('Tab')
    expect(await story.evaluate((element) => element.contains(document.activeElement))).toBe(true)

    await page.getByRole('button', {name: 'Write notes for the desk'}).click()
    await page.getByRole('textbox', {name: 'Notes for the desk'}).fill('Call the mayor.')
    await footer(page)
      .getByText(/^(Saved|Edited)/)
      .waitFor()
    expect(await client.fetch('*[_id == $id][0].deskNotes', {id: `drafts.${STORY}`})).toBe(
      'Call the mayor.',
    )
    await sentence.getByText('Your changes are not published yet.', {exact: true}).waitFor()
  }),
)
