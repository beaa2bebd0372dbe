/** @module-tag long */
import {expect, test} from 'vitest'

import {violationsIn} from './accessibility.ts'
import {inNewsroom} from './inNewsroom.ts'
import {HEADLINE, paneItem, STORY, textInput} from './studio.ts'

test(
  'the home page shows what there is to do, stays current and leads there',
  inNewsroom(async ({openStudio, client}) => {
    const page = await openStudio()
    const list = (name: string) => page.getByRole('region', {name})
    await list('Recently published').getByRole('link', {name: HEADLINE}).getByText('Live').waitFor()
    await list('My drafts').getByText('Press “New article” to begin one.').waitFor()

    const me = await client.request<{id: string}>({url: '/users/me'})
    const article = await client.getDocument(STORY)
    if (!article) throw new Error('The seeded story is missing.')
    const later = {
      ...article,
      _id: 'mayor',
      headline: 'Mayor says she will not stand again',
      slug: {_type: 'slug', current: 'mayor'},
      firstPublishedAt: new Date(Date.now() + 3_600_000).toISOString(),
    }
    await client.create(later)
    await client.create({...article, _id: `drafts.${STORY}`, assignee: me.id})
    await list('Scheduled next').getByText('Scheduled for').waitFor()
    await list('My drafts').getByText('edited').waitFor()
    expect(await violationsIn(page, '[data-testid="home"]')).toEqual([])

    await list('Needs attention').getByRole('link', {name: 'Missing pictures'}).click()
    await paneItem(page, later.headline).getByText('Scheduled for').waitFor()
    const name = await page.getByTestId('pane-item-Drafts').ariaSnapshot()
    expect(name).toContain('Drafts 1')

    await page.getByTestId('studio-navbar').getByRole('link', {name: 'Home'}).click()
    await list('My drafts').getByRole('link', {name: HEADLINE}).click()
    await expect.poll(() => textInput(page, 'headline').inputValue()).toBe(HEADLINE)
  }),
)
