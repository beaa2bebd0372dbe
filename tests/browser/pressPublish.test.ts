import type {Page} from 'playwright-core'
import {expect, test} from 'vitest'

import type {Tolerated} from './consoleErrors.ts'
import {inNewsroom} from './inNewsroom.ts'
import {
  goToEndOfBody,
  HEADLINE,
  paneItem,
  pathOf,
  publish,
  publishButton,
  STORY,
  textInput,
  toast,
} from './studio.ts'

const CHANGED_MEANWHILE: Tolerated = {
  from: '',
  says: 'Failed to load resource: the server responded with a status of 409 (Conflict)',
  reason: 'The draft changed after it was checked.',
}

/** The time between the last keystroke and the press on Publish, in milliseconds. */
const PAUSES = [0, 300]

/** The name or headline field of each document type. */
const NAMES = [
  ['article', 'headline'],
  ['author', 'name'],
  ['topic', 'name'],
  ['credit', 'name'],
] as const

for (const [type, name] of NAMES) {
  test(
    `one press on a slow machine publishes what was just typed into this: ${type}`,
    {tags: 'long'},
    inNewsroom(async ({openStudio, client}) => {
      const id = await client.fetch<string>('*[_type == $type][0]._id', {type})
      const page = await openStudio(pathOf(id, type))
      await textInput(page, name).waitFor()
      await slowDown(page)
      for (const pause of PAUSES) {
        const text = `A new ${name} after ${pause}`
        await textInput(page, name).fill('')
        await textInput(page, name).pressSequentially(text, {delay: 30})
        await page.waitForTimeout(pause)
        await publish(page)
        expect(await client.fetch('*[_id == $id][0][$name]', {id, name})).toBe(text)
      }
    }),
  )
}

test(
  'the last words typed into the body are published',
  {tags: 'long'},
  inNewsroom(async ({openStudio, client}) => {
    const page = await openStudio(pathOf(STORY))
    await goToEndOfBody(page)
    await page.keyboard.type(' The very last words.', {delay: 40})
    await publish(page)
    expect(await client.fetch('pt::text(*[_id == $id][0].body)', {id: STORY})).toMatch(
      /The very last words\.$/,
    )
  }),
)

test(
  'typing while a publication is in progress does not undo it',
  {tags: 'long'},
  inNewsroom(
    async ({openStudio, client}) => {
      const page = await openStudio(pathOf(STORY))
      const headline = textInput(page, 'headline')
      await headline.fill('Musk asks Putin')
      const asked = Promise.withResolvers<void>()
      const typed = Promise.withResolvers<void>()
      await page.route(/\/data\/actions\//, async (route) => {
        if (route.request().postData()?.includes('sanity.action.document.publish')) {
          asked.resolve()
          await typed.promise
        }
        await route.continue()
      })
      await publishButton(page).click()
      await asked.promise
      await headline.press('End')
      await page.keyboard.type(' for a talk', {delay: 40})
      const headlineOf = (id: string) => client.fetch('*[_id == $id][0].headline', {id})
      await expect.poll(() => headlineOf(`drafts.${STORY}`)).toBe('Musk asks Putin for a talk')
      typed.resolve()
      await expect.poll(() => headlineOf(STORY)).toBe('Musk asks Putin for a talk')
    },
    [CHANGED_MEANWHILE],
  ),
)

test(
  'a press continues when the editor opens another document at once',
  inNewsroom(async ({openStudio, client}) => {
    const page = await openStudio(pathOf(STORY))
    await textInput(page, 'headline').fill('Musk asks Putin for a talk')
    await publishButton(page).click()
    await paneItem(page, 'Authors').click()
    await expect
      .poll(() => client.fetch('*[_id == $id][0].headline', {id: STORY}))
      .toBe('Musk asks Putin for a talk')
    await toast(page, 'was published').waitFor()
  }),
)

test(
  'a press on a draft with an error says what to fix',
  {tags: 'long'},
  inNewsroom(async ({openStudio, client}) => {
    const page = await openStudio(pathOf(STORY))
    await textInput(page, 'headline').waitFor()
    // The error is not known yet: the check waits for the lake.
    const answers = Promise.withResolvers<void>()
    await page.route(/\/data\/(doc|query)\//, async (route) => {
      await answers.promise
      await route.continue()
    })
    await textInput(page, 'headline').fill('')
    await publishButton(page).click()
    await page.getByTestId('action-publishing…').waitFor()
    answers.resolve()

    await toast(page, 'was not published').getByText('Write a headline.').waitFor()
    await expect.poll(() => publishButton(page).isDisabled()).toBe(true)
    expect(await client.fetch('*[_id == $id][0].headline', {id: STORY})).toBe(HEADLINE)
  }),
)

/** A page on a processor slowed down to a quarter. */
const slowDown = async (page: Page): Promise<void> => {
  const session = await page.context().newCDPSession(page)
  await session.send('Emulation.setCPUThrottlingRate', {rate: 4})
}
