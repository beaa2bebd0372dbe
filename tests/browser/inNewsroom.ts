import {mkdir} from 'node:fs/promises'
import {join} from 'node:path'

import {expect, type TestContext} from 'vitest'

import type {Tolerated} from './consoleErrors.ts'
import {type Newsroom, openNewsroom} from './newsroom.ts'

const screenshots = join(import.meta.dirname, '..', '..', 'dist', 'browser-failures')

/**
 * Makes a test of something an editor does, in a newsroom of its own. Beside its own expectations
 * it fails on whatever a page or the lake complains of. What a failed one saw is kept as pictures.
 */
export const inNewsroom =
  (
    task: (newsroom: Newsroom) => Promise<void>,
    expected: readonly Tolerated[] = [],
    builtStudio?: string,
    previews?: readonly string[],
  ) =>
  async (context: TestContext): Promise<void> => {
    await using newsroom = await openNewsroom(expected, builtStudio, previews)
    try {
      await task(newsroom)
    } catch (error) {
      await keepScreenshots(context.task.name, newsroom)
      const complaints = newsroom.complaints()
      if (complaints.length === 0) throw error
      throw new Error(`The pages complain: ${complaints.join('\n')}`, {cause: error})
    }
    expect(newsroom.complaints()).toEqual([])
  }

const keepScreenshots = async (title: string, {pages}: Newsroom): Promise<void> => {
  await mkdir(screenshots, {recursive: true})
  const name = title.replaceAll(/\W+/g, '-').toLowerCase()
  await Promise.all(
    pages.map(async (page, index) => {
      if (page.isClosed()) return
      await page.screenshot({path: join(screenshots, `${name}-${index + 1}.png`)})
    }),
  )
}
