/** @module-tag long */
import type {Page} from 'playwright-core'
import {expect, test} from 'vitest'

import {articleBySlugQuery} from '../../front/queries/index.ts'
import {inNewsroom} from './inNewsroom.ts'
import {chooseTime, minuteAfter} from './releases.ts'
import {HEADLINE, SLUG, STORY, textInput} from './studio.ts'

const NEW = 'Musk asks Putin for a talk'

test(
  'a release with three documents is scheduled and published at its time',
  inNewsroom(async ({openStudio, client, reader}) => {
    const read = async () => {
      const now = new Date().toISOString()
      return (await reader.fetch(articleBySlugQuery, {slug: SLUG, now}))?.headline
    }
    const versions = () => client.fetch<string[]>('*[_id in path("versions.**")]._id')
    const page = await openStudio('/releases')
    await nameRelease(page, 'Clubhouse day')
    await page.getByText('As soon as possible').click()
    await page.getByText('At time').last().click()
    await page.getByTestId('submit-release-button').click()

    await page.getByTestId('schedule-button').waitFor()
    const release = page.url()
    for (const [index, name] of ['PA Images', 'Cameron Frew', HEADLINE].entries()) {
      await addDocument(page, name)
      await expect.poll(async () => (await versions()).length).toBe(index + 1)
    }

    await page.getByRole('link', {name: HEADLINE}).first().click()
    await textInput(page, 'headline').fill(NEW)
    const edited = '*[_id in path("versions.**") && _type == "article"][0].headline'
    await expect.poll(() => client.fetch(edited)).toBe(NEW)

    await page.goto(release)
    const publishAt = minuteAfter(Date.now() + 15_000)
    await page.getByTestId('schedule-button').click()
    await chooseTime(page, publishAt)
    await expect
      .poll(() => client.fetch('*[_id in path("_.releases.*")][0].state'))
      .toMatch(/^schedul/)
    expect(await read()).toBe(HEADLINE)

    await expect.poll(read, {timeout: 150_000, interval: 500}).toBe(NEW)
    const published = await client.fetch<string>('*[_id == $id][0]._updatedAt', {id: STORY})
    expect(Date.parse(published)).toBeGreaterThanOrEqual(publishAt)
    await expect.poll(versions).toEqual([])
    await page.getByText('This release is published successfully.').waitFor()
  }),
)

test(
  'a release is published by hand and reverted',
  inNewsroom(async ({openStudio, client, reader}) => {
    const headlines = (perspective: 'published' | 'raw') =>
      client.fetch<string[]>('*[_type == "article"].headline', {}, {perspective})
    const page = await openStudio('/releases')
    await nameRelease(page, 'Too early')
    await page.getByTestId('submit-release-button').click()
    await addDocument(page, HEADLINE)
    const release = page.url()
    await page.getByRole('link', {name: HEADLINE}).first().click()
    await textInput(page, 'headline').fill(NEW)
    await expect.poll(() => headlines('raw')).toContain(NEW)

    await page.goto(release)
    await page.getByTestId('publish-all-button').click()
    await page.getByTestId('confirm-publish-dialog').getByTestId('confirm-button').click()
    await expect.poll(() => headlines('published')).toEqual([NEW])

    await page.getByTestId('revert-button').click()
    const dialog = page.getByRole('dialog')
    await dialog.getByTestId('revert-summary-restore').waitFor()
    await dialog.getByText('Immediately revert the release').click()
    await dialog.getByTestId('confirm-button').click()
    await expect.poll(() => headlines('published')).toEqual([HEADLINE])
    expect(await headlines('raw')).toEqual([HEADLINE])
    const now = new Date().toISOString()
    const article = await reader.fetch(articleBySlugQuery, {slug: SLUG, now})
    expect(article?.headline).toBe(HEADLINE)
  }),
)

/** Creates a release in the list of releases. */
const nameRelease = async (page: Page, title: string): Promise<void> => {
  await page.getByText('Releases are collections').waitFor()
  await page.getByRole('button', {name: 'New release'}).click()
  await page.getByTestId('release-form-title').fill(title)
}

/** Adds a document to the open release. */
const addDocument = async (page: Page, name: string): Promise<void> => {
  await page.getByRole('button', {name: 'Add document'}).click()
  await searchFor(page, name)
  await page.getByTestId('search-results').getByText(name, {exact: true}).first().click()
}

/** The search loses text typed while it is still opening. */
const searchFor = async (page: Page, name: string): Promise<void> => {
  const search = page.getByPlaceholder('Search', {exact: true})
  const found = page.getByTestId('search-results').getByText(name, {exact: true}).first()
  await expect
    .poll(async () => {
      if ((await search.inputValue()) !== name) await search.fill(name)
      return found.isVisible()
    })
    .toBe(true)
}
