/** @module-tag long */
import type {Page} from 'playwright-core'
import {expect, inject, test} from 'vitest'

import {inNewsroom} from './inNewsroom.ts'
import {noteMeasure} from './measures.ts'
import {field, footer, goToEndOfBody, HEADLINE, pathOf, STORY, textInput, type} from './studio.ts'

const ADDED = ' and Sue for peace'

test(
  'edit headline and body while another tab and a listener follow',
  inNewsroom(async ({openStudio, client}) => {
    const [page, other] = await Promise.all([openStudio(pathOf(STORY)), openStudio(pathOf(STORY))])
    await Promise.all([page, other].map((tab) => textInput(tab, 'headline').waitFor()))
    const heard: unknown[] = []
    const listening = client
      .listen('*[_id == $id]', {id: `drafts.${STORY}`}, {includeAllVersions: true})
      .subscribe((event) => {
        if (event.type === 'mutation') heard.push(event.result?.['headline'])
      })

    await textInput(page, 'headline').press('End')
    const delays: number[] = []
    for (const [index, letter] of [...ADDED].entries()) {
      const typed = performance.now()
      await page.keyboard.press(letter)
      await shows(other, HEADLINE + ADDED.slice(0, index + 1))
      delays.push(performance.now() - typed)
    }
    await expect.poll(() => heard.at(-1)).toBe(HEADLINE + ADDED)
    listening.unsubscribe()

    await goToEndOfBody(page)
    await type(page, ' That was all.')
    await field(other, 'body').getByText('the tech whiz wrote. That was all.').waitFor()
    await footer(page)
      .getByText(/^(Saved|Edited)/)
      .waitFor()
    const draft = await client.fetch<{headline: string; text: string}>(
      '*[_id == $id][0]{headline, "text": pt::text(body)}',
      {id: `drafts.${STORY}`},
    )
    expect(draft.headline).toBe(HEADLINE + ADDED)
    expect(draft.text).toMatch(/the tech whiz wrote\. That was all\.$/)

    const sorted = delays.toSorted((a, b) => a - b)
    const median = sorted[Math.floor(sorted.length / 2)] ?? 0
    await noteMeasure(
      inject('measuresFile'),
      'keystroke to the other tab’s screen',
      `median ${median.toFixed(0)} ms, worst ${(sorted.at(-1) ?? 0).toFixed(0)} ms`,
    )
  }),
)

const shows = async (page: Page, headline: string): Promise<void> => {
  await page.waitForFunction(
    (text) =>
      document.querySelector<HTMLInputElement>('[data-testid="field-headline"] input')?.value ===
      text,
    headline,
    {polling: 'raf'},
  )
}
