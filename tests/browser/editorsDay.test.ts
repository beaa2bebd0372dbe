/** @module-tag long */
import {expect, test} from 'vitest'

import {violationsIn} from './accessibility.ts'
import {inNewsroom} from './inNewsroom.ts'
import {
  chooseAction,
  field,
  footer,
  paragraph,
  pathOf,
  SLUG,
  STORY,
  textInput,
  toast,
} from './studio.ts'

/** The height of a line of the story, in pixels. */
const LINE = 28

test(
  'the form says what readers see, and the story begins in sight, three Tabs away',
  inNewsroom(async ({openStudio, client}) => {
    const page = await openStudio(pathOf(STORY))
    const sentence = page.getByTestId('reader-sentence')
    await sentence.getByText('Readers see this story.', {exact: true}).waitFor()

    const story = field(page, 'body').getByTestId('pt-editor')
    await story.getByText('Elon Musk has invited').first().waitFor()
    const firstLine = await paragraph(page, 'Elon Musk has invited').boundingBox()
    const fold = await footer(page).boundingBox()
    expect((firstLine?.y ?? Infinity) + LINE).toBeLessThan(fold?.y ?? 0)
    await textInput(page, 'headline').focus()
    for (let tabs = 0; tabs < 3; tabs += 1) await page.keyboard.press('Tab')
    expect(await story.evaluate((element) => element.contains(document.activeElement))).toBe(true)

    await page.getByRole('button', {name: 'Write notes for the desk'}).click()
    await page.getByRole('textbox', {name: 'Notes for the desk'}).fill('Call the mayor.')
    await page.getByLabel('Workflow').selectOption('Legal')
    await page.getByLabel('Who has the story').selectOption({label: 'Local editor'})
    const {id: assignee} = await client.request<{id: string}>({url: '/users/me'})
    const forDesk = () =>
      client.fetch<unknown>('*[_id == $id][0]{deskNotes, workflow, assignee}', {
        id: `drafts.${STORY}`,
      })
    await expect.poll(forDesk).toEqual({deskNotes: 'Call the mayor.', workflow: 'legal', assignee})
    await sentence.getByText('Your changes are not published yet.', {exact: true}).waitFor()

    // The form is scrolled to the story; the preview begins at its top.
    await page.getByRole('tab', {name: 'Preview'}).click()
    const kicker = page.locator('.kicker').first()
    await kicker.waitFor()
    await expect.poll(async () => (await kicker.boundingBox())?.y ?? 0).toBeGreaterThan(0)
  }),
)

test(
  'retract a story in one step',
  inNewsroom(async ({openStudio, client}) => {
    const page = await openStudio(pathOf(STORY))
    await chooseAction(page, 'Retract…')
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('textbox').fill('The invitation was never sent.')
    await dialog.getByRole('button', {name: 'Retract', exact: true}).click()
    await toast(page, 'was retracted').waitFor()
    await page
      .getByTestId('reader-sentence')
      .getByText('Retracted: readers see only the retraction.', {exact: true})
      .waitFor()
    const published = '*[_id == $id][0]{pubStatus, "why": corrections[-1]{kind, text, show}}'
    expect(await client.fetch(published, {id: STORY})).toEqual({
      pubStatus: 'retracted',
      why: {kind: 'retraction', text: 'The invitation was never sent.', show: 'top'},
    })
  }),
)

test(
  'a new story goes out with a release',
  inNewsroom(async ({openStudio, client}) => {
    const id = 'versions.rMonday.bridge'
    const {section, byline, body} = await client.fetch('*[_id == $id][0]', {id: STORY})
    await client.releases.create({
      releaseId: 'rMonday',
      metadata: {title: 'Monday', releaseType: 'asap'},
    })
    await client.create({
      _id: id,
      _type: 'article',
      headline: 'Council opens a second bridge',
      slug: {_type: 'slug', current: 'council-opens-a-second-bridge'},
      articleType: 'news',
      section,
      byline,
      body: body.slice(0, 1),
    })
    const page = await openStudio('/releases/rMonday')
    const before = new Date().toISOString()
    await page.getByTestId('publish-all-button').click()
    await page.getByTestId('confirm-publish-dialog').getByTestId('confirm-button').click()
    const first = () => client.fetch<string | null>('*[_id == "bridge"][0].firstPublishedAt')
    await expect.poll(async () => ((await first()) ?? '') >= before).toBe(true)
  }),
)

test(
  'find the page of a story, choose its language, see a similar headline, and the keys',
  inNewsroom(async ({openStudio, client, server}) => {
    const article = await client.getDocument(STORY)
    if (!article) throw new Error('The seeded story is missing.')
    await client.create({
      ...article,
      _id: 'dinner',
      headline: 'Vladimir Putin Invited Elon Musk To Dinner',
      slug: {_type: 'slug', current: 'dinner'},
    })
    const page = await openStudio(pathOf(STORY))
    const similar = page.getByTestId('similar-headlines')
    await similar.getByRole('link', {name: 'Vladimir Putin Invited Elon Musk To Dinner'}).waitFor()

    await chooseAction(page, 'Copy link')
    const {port} = new URL(server.url)
    await page.getByText(`http://copydesk.localhost:${Number(port) + 1}/news/${SLUG}`).waitFor()

    await page.getByRole('tab', {name: 'Distribution'}).click()
    const language = field(page, 'language').getByRole('combobox')
    await language.fill('Russ')
    await page.getByRole('option', {name: 'Russian', exact: true}).click()
    const chosen = () =>
      client.fetch<string | null>('*[_id == $id][0].language', {id: `drafts.${STORY}`})
    await expect.poll(chosen).toBe('ru')

    await page.getByTestId('reader-sentence').click()
    await page.keyboard.press('Shift+?')
    const keys = page.getByRole('dialog', {name: 'Keys'})
    await keys.getByRole('row', {name: 'Publish or schedule the open document'}).waitFor()
    expect(await violationsIn(page, '#keys')).toEqual([])
  }),
)
