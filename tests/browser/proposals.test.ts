/** @module-tag long */
import {expect, test} from 'vitest'

import {articleBySlugQuery} from '../../front/queries/index.ts'
import {inNewsroom} from './inNewsroom.ts'
import {pathOf, publish, SLUG, STORY} from './studio.ts'

test(
  'accept and reject proposals of the import',
  inNewsroom(async ({openStudio, reader}) => {
    const page = await openStudio(pathOf(STORY))
    await page.getByRole('tab', {name: 'Provenance'}).click()
    const proposals = page.getByTestId('proposal')
    await proposals.nth(0).getByText('of “Would you like join me').waitFor()
    await proposals.nth(1).getByText('of “It would be a great honor').waitFor()
    await proposals.nth(0).getByRole('button', {name: 'Accept Elon Musk'}).press('Enter')
    await proposals.nth(0).getByText('Accepted', {exact: true}).waitFor()
    await proposals.nth(1).getByRole('button', {name: 'Reject Elon Musk'}).press('Enter')
    await proposals.nth(1).getByText('Rejected', {exact: true}).waitFor()
    await publish(page)

    const article = await reader.fetch(articleBySlugQuery, {
      slug: SLUG,
      now: new Date().toISOString(),
    })
    const speakers = article?.body?.flatMap((block) =>
      block._type === 'block'
        ? (block.markDefs ?? []).flatMap((mark) =>
            mark._type === 'quotation' ? [mark.speaker?.name ?? null] : [],
          )
        : [],
    )
    expect(speakers).toEqual(['Elon Musk', null, null, null])
  }),
)
