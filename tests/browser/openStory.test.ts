/** @module-tag long */
import {expect, test} from 'vitest'

import {internalsOf} from '../../packages/lake/src/open/internals.ts'
import {inNewsroom} from './inNewsroom.ts'
import {
  field,
  follow,
  HEADLINE,
  paneItem,
  pathOf,
  publishButton,
  STORY,
  textInput,
} from './studio.ts'

/** Every way from the desk to the seeded story. */
const LISTS = [
  ['All articles'],
  ['Articles by section', 'News'],
  ['Needs attention', 'For any reason'],
  ['Needs attention', 'Missing pictures'],
  ['Needs attention', 'Check after import'],
]

/** Lists that show it after an editor's changes. */
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
  'a story opened by its address is in the list of all articles and fills the window',
  inNewsroom(async ({openStudio}) => {
    for (const viewport of [
      {width: 1440, height: 900},
      {width: 390, height: 844},
    ]) {
      const page = await openStudio(pathOf(STORY), {viewport})
      const editor = field(page, 'body').getByTestId('pt-editor')
      await editor.scrollIntoViewIfNeeded()
      expect(new URL(page.url()).pathname).toBe(`/structure/article;${STORY}`)
      const height = (await editor.boundingBox())?.height ?? 0
      expect(height).toBeGreaterThan(viewport.height * 0.6)
      expect(height).toBeLessThan(viewport.height * 0.7)
    }
  }),
)

test(
  'look at every kind of document without writing',
  inNewsroom(async ({openStudio, lake}) => {
    const {store} = internalsOf(lake).dataset('production')
    const before = store.revision
    const page = await openStudio()
    for (const path of [['All articles', HEADLINE], ...OTHER_DOCUMENTS]) {
      await follow(page, path)
      const pane = page.getByTestId('document-pane')
      await pane.getByTestId('form-view').getByRole('textbox').first().waitFor()
      await publishButton(page).waitFor()
      // Any message that the editor did not ask for: offers, warnings, errors.
      expect(await page.getByRole('alert').or(page.getByRole('dialog')).count()).toBe(0)
    }
    expect(store.revision).toBe(before)
  }),
)
