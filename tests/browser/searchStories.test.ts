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
    const results = page.getByTestId('search-results')
    // Until the Studio has finished loading, a click may open nothing, or only briefly.
    const find = async (words: string): Promise<boolean> => {
      if (!(await input.isVisible())) await page.getByTestId('studio-search').click()
      else if ((await input.inputValue()) !== words) await input.fill(words)
      return results.getByText(HEADLINE).isVisible()
    }
    for (const words of SEARCHES) {
      await expect.poll(() => find(words), {interval: 500}).toBe(true)
      await input.fill('zyzzyva')
      await results.getByText(HEADLINE).waitFor({state: 'detached'})
    }
    await input.fill('Frew')
    await results.getByText('Cameron Frew', {exact: true}).first().waitFor()
    expect(await results.getByText(HEADLINE).count()).toBe(1)
  }),
)
