import {expect, test} from 'vitest'

import {articleBySlugQuery, frontPageQuery} from '../../front/queries/index.ts'
import {inNewsroom} from './inNewsroom.ts'
import {field, follow, HEADLINE, pathOf, paneItem, publish, SLUG, STORY} from './studio.ts'

test(
  'an embargoed story is invisible before its time and visible after',
  inNewsroom(async ({openStudio, client, reader}) => {
    const page = await openStudio(pathOf(STORY))
    await page.getByTestId('group-tab-dates').click()
    // In the newsroom’s time zone: in July London is an hour ahead of UTC.
    await field(page, 'embargoUntil').getByTestId('date-input').fill('1 Jul 2031 09:00')
    await page.keyboard.press('Enter')
    await publish(page)
    expect(await client.fetch('*[_id == $id][0].embargoUntil', {id: STORY})).toBe(
      '2031-07-01T08:00:00.000Z',
    )
    await page.getByText('Embargoed until 1 Jul 2031, 09:00').first().waitFor()
    await follow(page, ['Scheduled or embargoed'])
    await paneItem(page, HEADLINE).waitFor()

    const read = async (now: string) => {
      const article = await reader.fetch(articleBySlugQuery, {slug: SLUG, now})
      const front = await reader.fetch(frontPageQuery, {now})
      return [article?.headline, ...front.map(({headline}) => headline)]
    }
    expect(await read('2031-07-01T07:59:59.999Z')).toEqual([undefined])
    expect(await read('2031-07-01T08:00:00.000Z')).toEqual([HEADLINE, HEADLINE])
  }),
)
