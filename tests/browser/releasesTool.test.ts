/** @module-tag long */
import type {SanityClient} from '@sanity/client'
import type {Page} from 'playwright-core'
import {expect, test} from 'vitest'

import type {Tolerated} from './consoleErrors.ts'
import {inNewsroom} from './inNewsroom.ts'
import {chooseTime} from './releases.ts'
import {HEADLINE, STORY} from './studio.ts'

const RELEASE = 'rNight'
const NEW = 'Musk asks Putin for a talk'

/** The browser logs every refused request, even if the page expects it. */
const ASKED: readonly Tolerated[] = [
  {
    from: '',
    says: 'Failed to load resource: the server responded with a status of 400 (Bad Request)',
    reason: 'The menu asks by dry run which actions a release allows, also those of other states.',
  },
]

test(
  'a release goes through all that the Releases tool offers',
  inNewsroom(async ({openStudio, client}) => {
    const read = (query: string) => client.fetch<unknown>(query)
    const stateOf = (id: string) => read(`*[_id == "_.releases.${id}"][0].state`)
    const state = () => stateOf(RELEASE)
    const published = (query: string) =>
      client.fetch<unknown>(query, {}, {perspective: 'published'})
    const headlines = () => published('*[_type == "article"].headline')
    const versions = () => read('*[_id in path("versions.**")]._id')
    const authors = () => published('*[_type == "author"].name')
    const before = await authors()
    await fillRelease(client)
    const page = await openStudio(`/releases/${RELEASE}`)
    const release = page.url()
    const row = (text: string) => page.getByTestId('table-row').filter({hasText: text})

    // A document without its required fields: the tool names it, and neither publishes nor schedules.
    await row(NEW).waitFor()
    const unfinished = page.getByTestId(`validation-error-link-versions.${RELEASE}.anna`)
    await unfinished.waitFor()
    expect(await page.getByTestId('publish-all-button').isDisabled()).toBe(true)
    const slug = {_type: 'slug', current: 'anna-author'}
    await client
      .patch(`versions.${RELEASE}.anna`)
      .set({name: 'Anna Author', kind: 'person', slug})
      .commit()
    await row('Anna Author').waitFor()
    await expect.poll(() => page.getByTestId('publish-all-button').isEnabled()).toBe(true)
    expect(await unfinished.count()).toBe(0)

    await choose(page, 'schedule-button-menu-item')
    await chooseTime(page, Date.now() + 86_400_000)
    await expect.poll(state).toBe('scheduled')
    await page.getByTestId('release-lock-icon').first().waitFor()
    await page.getByTestId('schedule-button').click()
    await confirm(page)
    await expect.poll(state).toBe('active')

    await choose(page, 'archive-release-menu-item')
    await confirm(page)
    await expect.poll(state).toBe('archived')
    expect(await versions()).toEqual([])
    await page.getByText('This release is archived').waitFor()
    await expect.poll(() => page.getByTestId('table-row').count()).toBe(3)
    await choose(page, 'unarchive-release-menu-item')
    await expect.poll(state).toBe('active')
    await expect.poll(versions).toHaveLength(3)
    await row('Anna Author').waitFor()

    await choose(page, 'duplicate-release-menu-item')
    await confirm(page)
    await page.getByTestId('duplicate-release-success-link').click()
    await page.waitForURL((url) => !url.pathname.includes(RELEASE))
    await row(NEW).waitFor()
    await row('Anna Author').waitFor()
    expect(await versions()).toHaveLength(6)
    const copy = new URL(page.url()).pathname.split('/').at(-1) ?? ''
    expect(await read(`*[_id == "versions.${copy}.${STORY}"][0]._system.base.id`)).toBe(
      `versions.${RELEASE}.${STORY}`,
    )
    await choose(page, 'archive-release-menu-item')
    await confirm(page)
    await expect.poll(() => stateOf(copy)).toBe('archived')
    await choose(page, 'delete-release-menu-item')
    await confirm(page)
    await expect.poll(() => stateOf(copy)).toBeNull()

    // The list of releases has the same menu, and stays open while the release is published.
    await choose(page, 'publish-all-button-menu-item')
    await page.getByTestId('confirm-publish-dialog').getByTestId('confirm-button').click()
    await expect.poll(state).toBe('published')
    expect(await headlines()).toEqual([NEW])
    expect(await authors()).toEqual(expect.arrayContaining(['Anna Author', 'Cameron F. Frew']))

    await page.getByText('Releases are collections').waitFor()
    await page.goto(release)
    await page.getByTestId('revert-button').click()
    const dialog = page.getByRole('dialog')
    await dialog.getByTestId('revert-summary-restore').waitFor()
    await dialog.getByTestId('revert-summary-unpublish').waitFor()
    await dialog.getByText('Immediately revert the release').click()
    await dialog.getByTestId('confirm-button').click()
    await expect.poll(headlines).toEqual([HEADLINE])
    await expect.poll(authors).toEqual(before)
  }, ASKED),
)

/** A changed story, a changed author, and an author without the fields that authors need. */
const fillRelease = async (client: SanityClient): Promise<void> => {
  await client.releases.create({
    releaseId: RELEASE,
    metadata: {title: 'Election night', releaseType: 'asap'},
  })
  const author = await client.fetch<string>('*[_type == "author"][0]._id')
  for (const publishedId of [STORY, author]) {
    await client.createVersion({publishedId, baseId: publishedId, releaseId: RELEASE})
  }
  await client.create({_id: `versions.${RELEASE}.anna`, _type: 'author'})
  await client
    .transaction()
    .patch(`versions.${RELEASE}.${STORY}`, {set: {headline: NEW}})
    .patch(`versions.${RELEASE}.${author}`, {set: {name: 'Cameron F. Frew'}})
    .commit()
}

/** Chooses an item from the menu of the open release. */
const choose = async (page: Page, item: string): Promise<void> => {
  await page.getByTestId('release-menu-button').first().click()
  await page.getByTestId(item).click()
}

const confirm = (page: Page): Promise<void> =>
  page.getByRole('dialog').getByTestId('confirm-button').click()
