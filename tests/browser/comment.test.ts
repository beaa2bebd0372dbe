/** @module-tag long */
import type {Page} from 'playwright-core'
import {expect, test} from 'vitest'

import {inNewsroom} from './inNewsroom.ts'
import {field, pathOf, STORY, textInput, type} from './studio.ts'

/**
 * Sanity hides the input again if the form moves while it opens; then the button is pressed again.
 */
const openCommentInput = async (page: Page): Promise<void> => {
  const input = page.getByTestId('comment-input-editable')
  const open = async (): Promise<boolean> => {
    await textInput(page, 'headline').hover()
    await field(page, 'headline').getByRole('button', {name: 'Add comment'}).click()
    await input.waitFor({timeout: 5000}).catch(() => {})
    return input.isVisible()
  }
  await expect.poll(open).toBe(true)
  await input.click()
}

test(
  'comment on a field and resolve the comment',
  inNewsroom(async ({openStudio, client}) => {
    const comments = client.withConfig({dataset: 'production-comments'})
    const page = await openStudio(pathOf(STORY))
    await openCommentInput(page)
    await type(page, 'Is this right?')
    await page.getByTestId('comment-input-send-button').click()
    await expect
      .poll(() => comments.fetch('*[_type == "comment"]{status, "text": pt::text(message)}'))
      .toEqual([{status: 'open', text: 'Is this right?'}])

    const comment = page.getByTestId('comments-list-item').filter({hasText: 'Is this right?'})
    await comment.hover()
    await comment.getByRole('button', {name: 'Mark comment as resolved'}).click()
    await expect.poll(() => comments.fetch('*[_type == "comment"].status')).toEqual(['resolved'])
    await comment.waitFor({state: 'detached'})
  }),
)
