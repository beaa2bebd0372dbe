import {expect, test} from 'vitest'

import {inNewsroom} from './inNewsroom.ts'
import {field, pathOf, STORY, textInput, type} from './studio.ts'

test(
  'comment on a field and resolve the comment',
  inNewsroom(async ({openStudio, client}) => {
    const comments = client.withConfig({dataset: 'production-comments'})
    const page = await openStudio(pathOf(STORY))
    await textInput(page, 'headline').hover()
    await field(page, 'headline').getByRole('button', {name: 'Add comment'}).click()
    await page.getByTestId('comment-input-editable').click()
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
