/** @module-tag long */
import {expect, test} from 'vitest'

import {violationsIn} from './accessibility.ts'
import {inNewsroom} from './inNewsroom.ts'
import {STORY} from './studio.ts'

test(
  'publish several stories at once, see what could not be published, and undo it',
  inNewsroom(async ({openStudio, client}) => {
    const {section, byline, body} = await client.fetch('*[_id == $id][0]', {id: STORY})
    const draft = (id: string, fields: object) => ({
      _id: `drafts.${id}`,
      _type: 'article',
      slug: {_type: 'slug', current: id},
      articleType: 'news',
      section,
      byline,
      body: body.slice(0, 1),
      ...fields,
    })
    await client.create(draft('ferry', {headline: 'Ferry returns'}))
    await client.create(draft('trams', {headline: 'Trams run all night'}))
    await client.create(draft('empty', {headline: 'Mayor resigns', body: []}))
    const out = () =>
      client.fetch<string[]>(
        '*[_id in ["ferry", "trams", "empty"] && defined(firstPublishedAt)]._id | order(@ asc)',
      )

    const page = await openStudio('/stories')
    // The Studio mounts the tool again while it starts, so wait for the list before choosing.
    await page.getByText('Choose all 4').waitFor()
    await page.getByLabel('List').selectOption('Drafts')
    await page.getByText('Choose all 3').click()
    await page.getByLabel('Action').selectOption('Publish')
    await page.getByRole('button', {name: 'Publish: 3 stories'}).click()
    const result = page.getByTestId('bulk-result')
    await result.getByText('2 stories published.').waitFor()
    await result.getByText('Left as it was: “Mayor resigns”. Write the story.').waitFor()
    expect(await out()).toEqual(['ferry', 'trams'])
    expect(await violationsIn(page, '[data-testid="stories"]')).toEqual([])

    await result.getByRole('button', {name: 'Undo'}).click()
    await result.getByText('2 stories put back as before.').waitFor()
    expect(await out()).toEqual([])
  }),
)
