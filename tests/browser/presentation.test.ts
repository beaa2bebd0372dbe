import {mkdtemp, rm} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import {expect, test} from 'vitest'

import {buildVariant, EMBEDDED} from '../studio/buildVariant.ts'
import type {Tolerated} from './consoleErrors.ts'
import {openFrontEnd} from './frontEnd.ts'
import {inNewsroom} from './inNewsroom.ts'
import type {Newsroom} from './newsroom.ts'
import {pathOf, SLUG, STORY, textInput} from './studio.ts'

const NEW = 'Musk asks Putin for a talk'

const NO_OVERLAYS: Tolerated = {
  from: '',
  says: 'Unable to connect to visual editing.',
  reason: 'This test’s site is plain HTML without Sanity’s overlays.',
}

test('with a preview site, the Studio shows the story on that site', async (context) => {
  const folder = await mkdtemp(join(tmpdir(), 'copydesk-presentation-'))
  {
    await using site = await openFrontEnd()
    await buildVariant(folder, {...EMBEDDED, SANITY_STUDIO_PREVIEW_URL: site.url})
    const preview = async ({openStudio, client}: Newsroom): Promise<void> => {
      site.read(client.withConfig({perspective: 'drafts'}))
      const page = await openStudio(pathOf(STORY))
      await textInput(page, 'headline').fill(NEW)
      await page.getByRole('button', {name: /Used on \d pages/}).click()
      const places = page.getByRole('link')
      // The section is also one of the topics, and is listed once.
      for (const address of ['/topics/news', '/topics/elon-musk', '/authors/cameron-frew']) {
        expect(await places.filter({hasText: address}).count()).toBe(1)
      }
      await places.filter({hasText: `/news/${SLUG}`}).click()
      const shown = page.frameLocator('iframe').getByRole('heading', {name: NEW})
      await shown.waitFor()
      await page.getByRole('button', {name: 'Continue anyway', disabled: false}).click()
      await page.getByText('Unable to connect').waitFor({state: 'detached'})
      expect(await shown.isVisible()).toBe(true)
    }
    await inNewsroom(preview, [NO_OVERLAYS], folder, [site.url])(context)
  }
  await rm(folder, {recursive: true})
})

test(
  'without a preview site there is no Presentation tool',
  {tags: 'long'},
  inNewsroom(async ({openStudio}) => {
    const page = await openStudio()
    const tools = page.getByTestId('studio-navbar').getByRole('link')
    await tools.filter({hasText: 'Releases'}).waitFor()
    expect(await tools.filter({hasText: 'Presentation'}).count()).toBe(0)
  }),
)
