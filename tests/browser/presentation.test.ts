import {expect, test} from 'vitest'

import {openFrontEnd} from './frontEnd.ts'
import {inNewsroom} from './inNewsroom.ts'
import type {Newsroom} from './newsroom.ts'
import {publish, SLUG, STORY, textInput} from './studio.ts'

const NEW = 'Musk asks Putin for a talk'

const path = `/news/${SLUG}`

test('a click on the page opens the field, and what is typed shows, then is published', async (context) => {
  await using site = await openFrontEnd()
  const edit = async ({openStudio, client}: Newsroom): Promise<void> => {
    site.open(client)
    await client.patch(STORY).set({firstPublishedAt: new Date().toISOString()}).commit()
    const page = await openStudio(`/presentation?preview=${encodeURIComponent(path)}`)
    const frame = page.frameLocator('iframe')
    const headline = textInput(page, 'headline')
    // The overlays arrive after the page.
    const isOpen = async (): Promise<boolean> => {
      await frame.getByRole('heading', {level: 1}).click()
      return headline.isVisible()
    }
    await expect.poll(isOpen, {interval: 500}).toBe(true)
    await headline.fill(NEW)
    await frame.getByRole('heading', {level: 1, name: NEW}).waitFor()
    expect(await site.read(path)).not.toContain(NEW)

    await publish(page)
    for (const address of [path, '/', '/feed.xml', '/news-sitemap.xml']) {
      await expect.poll(() => site.read(address)).toContain(NEW)
    }
  }
  await inNewsroom(edit, [], undefined, [site.url], site.lakePort)(context)
})
