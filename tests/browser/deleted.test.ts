/**
 * A deleted document shows its last text and is restored, as the Studio decides from the events of
 * the draft or version that it shows.
 */
import type {Page} from 'playwright-core'
import {expect, test} from 'vitest'

import {inNewsroom} from './inNewsroom.ts'
import type {Newsroom} from './newsroom.ts'
import {chooseAction, pathOf, publish, textInput} from './studio.ts'

const CREDIT = 'credit-agency-reuters'
const DRAFT = `drafts.${CREDIT}`
const PATH = pathOf(CREDIT, 'credit')

test(
  'a deleted document with changes shows its last text and is restored',
  inNewsroom(async ({openStudio, client}) => {
    const {page, name} = await openNewDraft({openStudio, client})
    await name.fill('Reuters')
    await publish(page)
    await name.fill('Reuters News')
    await expect.poll(() => client.getDocument(DRAFT)).toMatchObject({name: 'Reuters News'})
    await deleteDocument(page)
    await expect.poll(() => client.fetch('*[_id in $ids]._id', {ids: [CREDIT, DRAFT]})).toEqual([])
    await openDeleted(page)
    await expect.poll(() => name.inputValue()).toBe('Reuters News')
    await restore(page)
    await expect.poll(() => client.getDocument(DRAFT)).toMatchObject({name: 'Reuters News'})
    await expect.poll(() => name.isEditable()).toBe(true)
  }),
)

test(
  'a deleted document without changes does too',
  {tags: 'long'},
  inNewsroom(async ({openStudio, client}) => {
    const {page, name} = await openNewDraft({openStudio, client})
    await name.fill('Reuters')
    await publish(page)
    await deleteDocument(page)
    await expect.poll(() => client.getDocument(CREDIT)).toBeUndefined()
    await openDeleted(page)
    await expect.poll(() => name.inputValue()).toBe('Reuters')
    await restore(page)
    await expect.poll(() => client.getDocument(DRAFT)).toMatchObject({name: 'Reuters'})
  }),
)

test(
  'a document that was only a draft does too',
  {tags: 'long'},
  inNewsroom(async ({openStudio, client}) => {
    const {page, name} = await openNewDraft({openStudio, client})
    await name.fill('Reuters News')
    await expect.poll(() => client.getDocument(DRAFT)).toMatchObject({name: 'Reuters News'})
    await deleteDocument(page)
    await expect.poll(() => client.getDocument(DRAFT)).toBeUndefined()
    await openDeleted(page)
    await expect.poll(() => name.inputValue()).toBe('Reuters News')
    await restore(page)
    await expect.poll(() => client.getDocument(DRAFT)).toMatchObject({name: 'Reuters News'})
  }),
)

// The Studio's banner cannot restore it: it asks for the last revision of the draft only.
test(
  'a document that was only a version in a release shows its last text',
  {tags: 'long'},
  inNewsroom(async ({openStudio, client}) => {
    const {releaseId} = await client.releases.create({metadata: {title: 'Evening'}})
    const version = `versions.${releaseId}.${CREDIT}`
    await client.action({
      actionType: 'sanity.action.document.version.create',
      publishedId: CREDIT,
      document: {_id: version, ...content},
    })
    const page = await openStudio(`${PATH}?perspective=${releaseId}`)
    const name = textInput(page, 'name')
    await name.fill('Reuters News')
    await expect.poll(() => client.getDocument(version)).toMatchObject({name: 'Reuters News'})
    await client.action({actionType: 'sanity.action.document.version.discard', versionId: version})
    await openDeleted(page, `?perspective=${releaseId}`)
    await expect.poll(() => name.inputValue()).toBe('Reuters News')
  }),
)

const content = {_type: 'credit', kind: 'agency', name: 'An agency'}

const openNewDraft = async ({openStudio, client}: Pick<Newsroom, 'openStudio' | 'client'>) => {
  await client.action({
    actionType: 'sanity.action.document.create',
    publishedId: CREDIT,
    attributes: {_id: DRAFT, ...content},
    ifExists: 'fail',
  })
  const page = await openStudio(PATH)
  return {page, name: textInput(page, 'name')}
}

const banner = (page: Page) => page.getByText('This document has been deleted.')

const deleteDocument = async (page: Page): Promise<void> => {
  await chooseAction(page, 'Delete')
  await page
    .getByRole('dialog')
    .getByRole('button', {name: /^Delete/})
    .click()
}

/** Opens the page of the deleted document again, as a link from a message would. */
const openDeleted = async (page: Page, search = ''): Promise<void> => {
  const {origin} = new URL(page.url())
  await page.goto(`${origin}${PATH}${search}`)
  await banner(page).waitFor()
}

const restore = async (page: Page): Promise<void> => {
  await page.getByRole('button', {name: 'Restore most recent revision'}).click()
  await banner(page).waitFor({state: 'hidden'})
}
