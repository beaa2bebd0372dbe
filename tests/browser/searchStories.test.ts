import {expect, test} from 'vitest'

import {inNewsroom} from './inNewsroom.ts'
import {HEADLINE} from './studio.ts'

/** Words of the story from its first to its last paragraph, its author, and half a word. */
const SEARCHES = ['audio-only', 'Kremlin', 'Duma', 'tech whiz', 'Frew', 'Clubh']

test(
  'search finds the story by words of its body and by its author',
  inNewsroom(async ({openStudio}) => {
    const page = await openStudio()
    const input = page.getByPlaceholder('Search', {exact: true})
    // A click before the Studio has finished loading opens nothing.
    await expect
      .poll(
        async () => {
          if (!(await input.isVisible())) await page.getByTestId('studio-search').click()
          return input.isVisible()
        },
        {interval: 1000},
      )
      .toBe(true)
    const results = page.getByTestId('search-results')
    for (const words of SEARCHES) {
      await input.fill(words)
      await results.getByText(HEADLINE).waitFor()
      await input.fill('zyzzyva')
      await results.getByText(HEADLINE).waitFor({state: 'detached'})
    }
    await input.fill('Frew')
    await results.getByText('Cameron Frew', {exact: true}).first().waitFor()
    expect(await results.getByText(HEADLINE).count()).toBe(1)
  }),
)
