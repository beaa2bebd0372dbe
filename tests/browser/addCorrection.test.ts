import {expect, test} from 'vitest'

import {articleBySlugQuery, correctionsQuery} from '../../front/queries/index.ts'
import {inNewsroom} from './inNewsroom.ts'
import {
  chooseAction,
  follow,
  footer,
  HEADLINE,
  pathOf,
  paneItem,
  publish,
  SLUG,
  STORY,
} from './studio.ts'

const TEXT = 'An earlier version of this story misquoted Elon Musk.'

test(
  'add a correction that shows to readers and on the desk',
  inNewsroom(async ({openStudio, reader}) => {
    const page = await openStudio(pathOf(STORY))
    const before = Date.now()
    await chooseAction(page, 'Add correction')
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Text of the correction').fill(TEXT)
    await dialog.getByRole('button', {name: 'Close dialog'}).click()
    await publish(page)
    await footer(page).getByText('Corrected', {exact: true}).waitFor()

    const now = new Date().toISOString()
    const [entry, ...others] = await reader.fetch(correctionsQuery, {now})
    expect(others).toEqual([])
    expect(entry).toMatchObject({text: TEXT, kind: 'correction'})
    const article = await reader.fetch(articleBySlugQuery, {slug: SLUG, now})
    expect(article?.dateModified).toBe(entry?.madeAt)
    expect(Date.parse(article?.dateModified ?? '')).toBeGreaterThanOrEqual(before)

    await follow(page, ['Corrections'])
    await paneItem(page, HEADLINE).waitFor()
  }),
)
