/** @module-tag long */
import {readFile, writeFile} from 'node:fs/promises'
import {join} from 'node:path'

import {chromium} from 'playwright-core'
import {expect, inject, test} from 'vitest'

import {type Tolerated, watchConsole} from './consoleErrors.ts'
import {copyCheckout} from './copiedCheckout.ts'
import {noteConsole} from './measures.ts'
import {startLake} from './startedLake.ts'
import {field, HEADLINE, pathOf, STORY, textInput} from './studio.ts'

const OUTDATED: Tolerated = {
  from: '',
  says: 'Failed to load resource: the server responded with a status of 504 (Outdated Optimize Dep)',
  reason: 'On its first run Vite finds more packages to bundle and reloads the page.',
}

test('npm run dev shows a changed schema without a reload, and Ctrl-C leaves no process behind', async () => {
  await using checkout = await copyCheckout()
  const browser = await chromium.connect(inject('browserEndpoint'))
  await using lake = await startLake(join(checkout.root, '.lake'), {
    root: checkout.root,
    options: ['--dev'],
  })
  const page = await browser.newPage()
  page.setDefaultTimeout(120_000)
  const watched = watchConsole(page, [OUTDATED])
  const link = new URL(lake.signInLink)
  await page.goto(new URL(`${pathOf(STORY)}${link.hash}`, link).href)
  await field(page, 'headline').getByText('Headline', {exact: true}).waitFor()

  const file = join(checkout.root, 'schemas', 'documents', 'article', 'storyFields.ts')
  const source = await readFile(file, 'utf8')
  const named = source.replace("name: 'headline',", "name: 'headline',\n    title: 'Top line',")
  expect(named).not.toBe(source)
  await writeFile(file, named)
  await field(page, 'headline').getByText('Top line', {exact: true}).waitFor()
  await expect.poll(() => textInput(page, 'headline').inputValue()).toBe(HEADLINE)
  await noteConsole(inject('measuresFile'), [watched])
  expect(watched.complaints).toEqual([])

  await browser.close()
  expect(await lake.interrupt()).toBe(0)
  await expect.poll(lake.isAnyLeft, {timeout: 10_000}).toBe(false)
})
