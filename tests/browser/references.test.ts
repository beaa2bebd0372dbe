/** @module-tag long */
import type {Locator, Page} from 'playwright-core'
import {expect, test} from 'vitest'

import {inNewsroom} from './inNewsroom.ts'
import {field, pathOf, pick, publish, STORY} from './studio.ts'

test(
  'pick a credit by searching for it',
  inNewsroom(async ({openStudio, client}) => {
    const page = await openStudio(pathOf(STORY))
    await addItem(page, 'credits', 'credits')
    await pick(page, page.getByRole('dialog'), 'PA Images')
    await closeDialog(page)
    await publish(page)
    // An agency is credited as one.
    const lines = '*[_id == $id][0].credits[]{"name": credit->name, role}'
    expect(await client.fetch(lines, {id: STORY})).toContainEqual({
      name: 'PA Images',
      role: 'agency',
    })
  }),
)

test(
  'create an author, a topic and a credit in place',
  inNewsroom(async ({openStudio, client}) => {
    const page = await openStudio(pathOf(STORY))

    await addItem(page, 'story', 'byline')
    const byline = page.getByRole('dialog')
    await byline.getByTestId('autocomplete').fill('Ada Reporter')
    await byline.getByRole('button', {name: 'Create “Ada Reporter”'}).click()
    await byline.getByText('Ada Reporter').first().waitFor()
    await closeDialog(page)

    await addItem(page, 'topics', 'topics')
    await field(page, 'topics').getByTestId('autocomplete').last().fill('Audio apps')
    await create(field(page, 'topics'))
    await complete(page, 'Audio apps', {isTyped: true, kind: 'Subject'})

    await addItem(page, 'credits', 'credits')
    await page.getByRole('dialog').getByTestId('autocomplete').fill('The Moscow Times')
    await create(page.getByRole('dialog'))
    await complete(page, 'The Moscow Times', {isTyped: true, kind: 'Publisher'})
    await closeDialog(page)

    await publish(page)
    const story = `*[_id == $id][0]{
      "author": byline[-1].author->name,
      "topic": topics[-1]->{name, "slug": slug.current},
      "credit": credits[-1]{"name": credit->name, role, number}
    }`
    expect(await client.fetch(story, {id: STORY})).toEqual({
      author: 'Ada Reporter',
      topic: {name: 'Audio apps', slug: 'audio-apps'},
      credit: {name: 'The Moscow Times', role: 'source', number: null},
    })
  }),
)

test(
  'create a section in the section field, with its kind filled in',
  inNewsroom(async ({openStudio, client}) => {
    await client.create({_id: 'drafts.new', _type: 'article', headline: 'A new story'})
    const page = await openStudio(pathOf('new'))
    await page
      .getByTestId(/^create-new-document-select-section-/)
      .getByText('Create')
      .click()
    await complete(page, 'Weather', {isTyped: false})
    const section = '*[_id == "drafts.new"][0].section._ref'
    const topics = '*[_type == "topic" && name == "Weather"]{kind, "isChosen": _id == $chosen}'
    const chosen = await client.fetch<string>(section)
    expect(await client.fetch(topics, {chosen})).toEqual([{kind: 'section', isChosen: true}])
  }),
)

const addItem = async (page: Page, group: string, name: string): Promise<void> => {
  await page.getByTestId(`group-tab-${group}`).click()
  await field(page, name).getByRole('button', {name: 'Add item'}).last().click()
}

const create = (within: Locator): Promise<void> =>
  within.getByRole('button', {name: 'Create', exact: true}).last().click()

/** Completes and publishes the document opened beside the story, and returns to the story. */
const complete = async (
  page: Page,
  name: string,
  {isTyped, kind}: {isTyped: boolean; kind?: string},
): Promise<void> => {
  const pane = page.getByTestId('document-pane').last()
  const input = pane.getByTestId('field-name').getByRole('textbox')
  if (isTyped) await expect.poll(() => input.inputValue()).toBe(name)
  else await input.fill(name)
  if (kind) await pane.getByTestId('field-kind').getByRole('combobox').selectOption({label: kind})
  if (!isTyped) await pane.getByTestId('field-slug').getByRole('button', {name: 'Generate'}).click()
  await pane
    .getByTestId('pane-footer')
    .getByText(/^(Saved|Edited)/)
    .waitFor()
  await publish(page, pane)
  await page.goBack()
  await expect.poll(() => page.getByTestId('document-pane').count()).toBe(1)
}

const closeDialog = (page: Page): Promise<void> =>
  page.getByRole('dialog').getByRole('button', {name: 'Close dialog'}).click()
