import type {Locator, Page} from 'playwright-core'

/** The seeded story. */
export const STORY = 'article-unilad-20210214-cc676a7c'
export const HEADLINE = 'Elon Musk Invited Vladimir Putin To Chat With Him On Clubhouse'
export const SLUG = 'elon-musk-invited-vladimir-putin-to-chat-with-him-on-clubhouse'

/** The address at which the Studio opens a document, independent of lists. */
export const pathOf = (id: string, type = 'article'): string =>
  `/intent/edit/id=${id};type=${type}/`

/** A field of the open form by its name in the schema. */
export const field = (page: Page, name: string): Locator => page.getByTestId(`field-${name}`)

/** The one text input of a field. */
export const textInput = (page: Page, name: string): Locator =>
  field(page, name).getByRole('textbox')

/** An item in a desk list, either a list or a document, by the beginning of its first line. */
export const paneItem = (page: Page, title: string | RegExp): Locator =>
  page.locator('[data-testid^="pane-item-"]').filter({has: page.getByText(title, {exact: true})})

/** Goes to the desk and opens nested lists, one after another. */
export const follow = async (page: Page, titles: readonly (string | RegExp)[]): Promise<void> => {
  await page.getByTestId('studio-navbar').getByRole('link', {name: 'Desk'}).click()
  for (const title of titles) await paneItem(page, title).first().click()
}

/** Opens the fields below the story that an editor seldom needs. */
export const openMore = (page: Page): Promise<void> =>
  page.getByRole('button', {name: 'More', exact: true}).click()

/** The status line below the form. */
export const footer = (page: Page): Locator => page.getByTestId('pane-footer')

export const publishButton = (page: Page): Locator => page.getByTestId('action-publish')

/** Chooses an item from the menu beside the Publish button once the document is loaded. */
export const chooseAction = async (page: Page, name: string): Promise<void> => {
  await page.getByTestId('form-view').getByRole('textbox').first().waitFor()
  await page.getByRole('button', {name: 'Open document actions'}).click()
  await page.getByRole('menuitem', {name}).click()
}

/** A toast in the corner of the page. */
export const toast = (page: Page, text: string): Locator =>
  page.locator('[data-ui="Toast"]').filter({hasText: text})

/**
 * Publishes the open document with one press and waits for the confirmation. @throws with the
 * Studio's message if it does not publish
 */
export const publish = async (
  page: Page,
  pane = page.getByTestId('document-pane'),
): Promise<void> => {
  const done = pane.getByTestId('pane-footer').getByText('Last published just now')
  const refused = toast(page, 'not published')
  await pane.getByTestId('action-publish').click()
  await done.or(refused).first().waitFor()
  for (const refusal of await refused.allInnerTexts()) throw new Error(refusal)
}

/** One paragraph or figure of the story’s body. */
export const paragraph = (page: Page, text: string): Locator =>
  field(page, 'body').getByTestId('text-block__text').filter({hasText: text})

/**
 * Puts the caret after the last character of the body. On a busy machine the editor may move it
 * back to the place of the click, so three checks in a row must find it there.
 */
export const goToEndOfBody = async (page: Page): Promise<void> => {
  const last = field(page, 'body').getByTestId('text-block__text').last()
  await last.click()
  for (let looks = 0; looks < 3;) {
    await page.keyboard.press('ControlOrMeta+End')
    await page.waitForTimeout(100)
    looks = (await last.evaluate(isCaretAtEnd)) ? looks + 1 : 0
  }
}

/** Whether the caret is in this element with no text after it. */
const isCaretAtEnd = (element: Element): boolean => {
  const {focusNode, focusOffset} = getSelection() ?? {}
  if (!focusNode || focusOffset === undefined || !element.contains(focusNode)) return false
  const behind = document.createRange()
  behind.setStart(focusNode, focusOffset)
  behind.setEndAfter(element)
  return behind.toString().replaceAll('\uFEFF', '').trim() === ''
}

/** Types as fast as people do. */
export const type = (page: Page, text: string): Promise<void> =>
  page.keyboard.type(text, {delay: 40})

/** Chooses the target of a reference by a search. */
export const pick = async (page: Page, within: Locator, name: string): Promise<void> => {
  await within.getByTestId('autocomplete').fill(name)
  await page.getByTestId('autocomplete-popover').getByText(name, {exact: true}).first().click()
}
