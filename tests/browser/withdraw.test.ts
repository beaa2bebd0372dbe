import {expect, test} from 'vitest'

import {articleBySlugQuery} from '../../front/queries/index.ts'
import {REFUSED_DELETE} from './consoleErrors.ts'
import {inNewsroom} from './inNewsroom.ts'
import {chooseAction, footer, HEADLINE, pathOf, SLUG, STORY, textInput} from './studio.ts'

const AGENCY = 'credit-agency-pa-images'

test(
  'discard changes, unpublish and publish again',
  {tags: 'long'},
  inNewsroom(async ({openStudio, client, reader}) => {
    const read = () => reader.fetch(articleBySlugQuery, {slug: SLUG, now: new Date().toISOString()})
    const page = await openStudio(pathOf(STORY))
    const headline = textInput(page, 'headline')
    await headline.fill('Something else')
    await footer(page)
      .getByText(/^(Saved|Edited)/)
      .waitFor()

    await chooseAction(page, 'Discard changes')
    await page.getByRole('dialog').getByRole('button', {name: 'Discard'}).click()
    await expect.poll(() => headline.inputValue()).toBe(HEADLINE)
    await expect.poll(() => client.getDocument(`drafts.${STORY}`)).toBeUndefined()

    await page.getByTestId('document-header-Published-chip').click()
    await page.getByTestId('action-unpublish').click()
    await page.getByRole('dialog').getByRole('button', {name: 'Unpublish'}).click()
    await expect.poll(read).toBeNull()
    await expect
      .poll(() => client.fetch('*[_id == $id][0].headline', {id: `drafts.${STORY}`}))
      .toBe(HEADLINE)
  }),
)

test(
  'delete is refused while other documents refer to it',
  inNewsroom(
    async ({openStudio, client}) => {
      const page = await openStudio(pathOf(AGENCY, 'credit'))
      await textInput(page, 'name').waitFor()
      await chooseAction(page, 'Delete')
      const dialog = page.getByRole('dialog')
      await dialog.getByText(HEADLINE).waitFor()
      await dialog.getByRole('button', {name: /Delete anyway/}).click()
      await page.getByRole('alert').waitFor()
      expect(await client.getDocument(AGENCY)).toBeDefined()
    },
    [REFUSED_DELETE],
  ),
)
