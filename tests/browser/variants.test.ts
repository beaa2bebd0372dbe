/** @module-tag long */
import {readFile, writeFile} from 'node:fs/promises'
import {join} from 'node:path'

import {expect, test} from 'vitest'

import {buildVariant, EMBEDDED} from '../studio/buildVariant.ts'
import {REFUSED_DELETE} from './consoleErrors.ts'
import {copyCheckout} from './copiedCheckout.ts'
import {inNewsroom} from './inNewsroom.ts'
import type {Newsroom} from './newsroom.ts'
import {HEADLINE, pathOf, STORY, textInput} from './studio.ts'

/** Variants of stories in a Studio that has this beta switched on, which the newsroom's has not. */

const FOR_LOYAL = 'For loyal readers'

const task = async ({openStudio, client}: Newsroom): Promise<void> => {
  const page = await openStudio('/variants')
  await page.getByRole('button', {name: 'New variant definition'}).first().click()
  await page.getByTestId('variant-form-title').fill('Loyal readers')
  await page.getByTestId('variant-form-condition-key').first().fill('audience')
  await page.getByTestId('variant-form-condition-value').first().fill('loyal')
  await page.getByTestId('submit-variant-button').click()
  await page.waitForURL(/\/variants\/[^/?#]+$/)
  const definition = page.url()
  const variantId = new URL(definition).pathname.split('/').at(-1) ?? ''
  expect(await client.getDocument(`_.variants.${variantId}`)).toMatchObject({
    conditions: {audience: 'loyal'},
    metadata: {title: 'Loyal readers'},
  })

  const headlines = () =>
    client.fetch(
      '*[sanity::partOfVariant($variantId)]{"bundle": _system.bundleId, headline} | order(bundle)',
      {variantId},
    )
  await page.goto(new URL(`${pathOf(STORY)}?variant=${variantId}`, definition).href)
  await page.getByRole('button', {name: 'Create variant'}).click()
  await expect.poll(headlines).toEqual([{bundle: 'drafts', headline: HEADLINE}])
  await expect.poll(() => textInput(page, 'headline').isEditable()).toBe(true)
  await textInput(page, 'headline').fill(FOR_LOYAL)
  await expect.poll(headlines).toEqual([{bundle: 'drafts', headline: FOR_LOYAL}])
  await page.getByTestId('action-publish').click()
  await expect.poll(headlines).toEqual([{bundle: null, headline: FOR_LOYAL}])
  expect(await client.fetch('*[_id == $id][0].headline', {id: STORY})).toBe(HEADLINE)

  await page.goto(definition)
  const row = page.getByTestId('table-row').filter({hasText: FOR_LOYAL})
  await row.getByText('Published', {exact: true}).waitFor()
}

test('a story gets other content for some readers, which is published', async (context) => {
  await using checkout = await copyCheckout()
  const file = join(checkout.root, 'sanity.config.ts')
  const source = await readFile(file, 'utf8')
  const changed = source.replace('  schema: {', '  beta: {variants: {enabled: true}},\n  schema: {')
  expect(changed).not.toBe(source)
  await writeFile(file, changed)
  const built = join(checkout.root, 'dist')
  await buildVariant(built, EMBEDDED, checkout.root)
  await inNewsroom(task, [REFUSED_DELETE], built)(context)
})
