import {expect, test} from 'vitest'

import {inNewsroom} from './inNewsroom.ts'
import {follow, HEADLINE, paneItem, publishButton, textInput} from './studio.ts'

/** Every way from the desk to the seeded story. */
const LISTS = [
  ['All articles'],
  ['Articles by section', 'News'],
  ['Needs attention', 'For any reason'],
  ['Needs attention', 'Pictures that are missing'],
  ['Needs attention', 'Flagged by the import'],
]

/** Lists that it comes into when somebody has worked on it. */
const OTHER_LISTS = [
  ['Drafts'],
  ['Scheduled or embargoed'],
  ['Live today'],
  ['Corrections'],
  ['Needs attention', 'Pictures without alternative text'],
  ['Needs attention', 'Retracted'],
]

/** One document of every other kind. */
const OTHER_DOCUMENTS = [
  ['Authors', 'Cameron Frew'],
  ['Topics', 'People', 'Elon Musk'],
  ['Credits', 'Agencies', 'PA Images'],
  ['Most read', /^Most read · UNILAD/],
  ['Settings'],
]

test(
  'open the story from every desk list it belongs in',
  inNewsroom(async ({openStudio}) => {
    const page = await openStudio()
    const story = paneItem(page, HEADLINE)
    for (const path of LISTS) {
      await follow(page, path)
      await story.click()
      await expect.poll(() => textInput(page, 'headline').inputValue()).toBe(HEADLINE)
    }
    for (const path of OTHER_LISTS) {
      await follow(page, path)
      await page.getByText(/^No (matching )?documents/).waitFor()
      expect(await story.count()).toBe(0)
    }
  }),
)

test(
  'look at every kind of document without writing',
  inNewsroom(async ({openStudio, lake}) => {
    const {store} = lake.dataset('production')
    const before = store.revision
    const page = await openStudio()
    for (const path of [['All articles', HEADLINE], ...OTHER_DOCUMENTS]) {
      await follow(page, path)
      const pane = page.getByTestId('document-pane')
      await pane.getByTestId('form-view').getByRole('textbox').first().waitFor()
      await publishButton(page).waitFor()
      // Whatever it says to the editor unasked: offers, warnings, failures.
      expect(await page.getByRole('alert').or(page.getByRole('dialog')).count()).toBe(0)
    }
    expect(store.revision).toBe(before)
  }),
)
