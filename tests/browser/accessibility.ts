/** What axe-core finds wrong with a page, or with a part of it. */
import axe from 'axe-core'
import type {Page} from 'playwright-core'

/** @param part a CSS selector; Sanity’s own parts of the Studio are not ours to fix */
export const violationsIn = async (page: Page, part = 'html'): Promise<string[]> => {
  await page.evaluate(axe.source)
  return page.evaluate<string[]>(
    `axe.run(${JSON.stringify(part)}).then(({violations}) => violations.flatMap(({id, nodes}) =>
      nodes.map(({html, failureSummary}) => id + ': ' + html + ' ' + failureSummary)))`,
  )
}
