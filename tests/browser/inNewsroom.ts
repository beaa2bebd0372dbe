import {mkdir} from 'node:fs/promises'
import {join} from 'node:path'

import {expect, type TestContext} from 'vitest'

import type {Tolerated} from './consoleErrors.ts'
import {type Newsroom, openNewsroom} from './newsroom.ts'

const screenshots = join(import.meta.dirname, '..', '..', 'dist', 'browser-failures')

/**
 * Creates a test of an editor's task in a separate newsroom. It also fails on unexpected errors in
 * the console or the lake, and keeps screenshots when it fails.
 */
export const inNewsroom =
  (
    task: (newsroom: Newsroom) => Promise<void>,
    expected: readonly Tolerated[] = [],
    builtStudio?: string,
    previews?: readonly string[],
    port?: number,
  ) =>
  async (context: TestContext): Promise<void> => {
    await using newsroom = await openNewsroom(expected, builtStudio, previews, port)
    try {
      await task(newsroom)
    } catch (error) {
      await keepScreenshots(context.task.name, newsroom)
      const complaints = newsroom.complaints()
      if (complaints.length === 0) throw error
      throw new Error(`Console errors: ${complaints.join('\n')}`, {cause: error})
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
