/** @module-tag long */
import {expect, test} from 'vitest'

import {inNewsroom} from './inNewsroom.ts'
import {HEADLINE, pathOf, STORY, textInput} from './studio.ts'

test(
  'set a task about the story, and finish it',
  inNewsroom(async ({openStudio, client}) => {
    const tasks = client.withConfig({dataset: 'production-comments'})
    const read = () => tasks.fetch('*[_type == "tasks.task"]{title, status}')
    const page = await openStudio(pathOf(STORY))
    await textInput(page, 'headline').waitFor()
    await page.getByTestId('tasks-toolbar').click()
    await page.getByRole('button', {name: 'New task'}).first().click()
    await page.getByPlaceholder('Task title').fill('Ask the Kremlin')
    await page.getByTestId('task-target-field-preview').getByText(HEADLINE).waitFor()
    await page.getByRole('button', {name: 'Create Task'}).click()
    await expect.poll(read).toEqual([{title: 'Ask the Kremlin', status: 'open'}])

    const task = page.getByTestId('tasks-list-item').filter({hasText: 'Ask the Kremlin'})
    await task.getByRole('checkbox').click()
    await expect.poll(read).toEqual([{title: 'Ask the Kremlin', status: 'closed'}])
  }),
)
