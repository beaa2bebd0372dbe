import {readFile} from 'node:fs/promises'
import {join} from 'node:path'

import type {Locator} from 'playwright-core'
import {expect, test} from 'vitest'

import {inNewsroom} from './inNewsroom.ts'
import {field, pathOf, textInput} from './studio.ts'

interface Block {
  readonly _type: string
  readonly rows?: readonly {readonly cells: readonly string[]; readonly heading?: boolean}[]
  readonly style: string
  readonly listItem?: string
  readonly markDefs: readonly {readonly _key: string; readonly href: string}[]
  readonly children: readonly {readonly text: string; readonly marks: readonly string[]}[]
}

/**
 * The content of both fixtures: styles, lists, decorators and links; no colours, fonts or page
 * furniture.
 */
const CLEAN = [
  ['h2', ['A second bridge']],
  [
    'normal',
    [
      'The council ',
      'opened strong',
      ' the bridge on ',
      'Monday em',
      ', the mayor said: ‘It’s late.’',
    ],
  ],
  ['bullet', ['It cost £4m.']],
  ['bullet', ['It took two years.']],
  ['normal', ['More in ', 'the minutes https://example.org/minutes', '.']],
]

test(
  'paste from Word and Google Docs and get clean Portable Text',
  inNewsroom(async ({openStudio, client}) => {
    await client.create({_id: 'drafts.pasted', _type: 'article', headline: 'Pasted'})
    const page = await openStudio(pathOf('pasted'))
    await textInput(page, 'headline').waitFor()
    const body = field(page, 'body').locator('[contenteditable="true"]')
    const stored = async () => {
      const blocks = await client.fetch<Block[] | null>('*[_id == "drafts.pasted"][0].body')
      return (blocks ?? []).map(inShort)
    }
    await body.click()
    await pasteInto(body, 'google-docs')
    await expect.poll(stored).toEqual(CLEAN)

    await page.keyboard.press('ControlOrMeta+a')
    await page.keyboard.press('Backspace')
    await expect.poll(stored).not.toContainEqual(CLEAN[1])
    await pasteInto(body, 'word')
    // Without Word's empty paragraph, and with its table.
    await expect.poll(stored).toEqual([...CLEAN, TABLE])
  }),
)

/** The table in the fixture of Word, whose first row is bold. */
const TABLE = ['table', ['Bridge', 'Opened'], ['Old', '1902']]

const inShort = (block: Block) => (block._type === 'table' ? rowsOf(block) : lineOf(block))

const rowsOf = ({_type, rows = []}: Block) => {
  expect(rows.map(({heading = false}) => heading)).toEqual([true, false])
  return [_type, ...rows.map(({cells}) => cells)]
}

const lineOf = ({style, listItem = style, markDefs, children}: Block) => [
  listItem,
  children.map(({text, marks}) =>
    [text, ...marks.map((mark) => markDefs.find(({_key}) => _key === mark)?.href ?? mark)].join(
      ' ',
    ),
  ),
]

/**
 * Dispatches the paste event itself, because the browser's own clipboard would clean the content
 * first.
 */
const pasteInto = async (target: Locator, fixture: string): Promise<void> => {
  const html = await readFile(join(import.meta.dirname, 'fixtures', `${fixture}.clipboard`), 'utf8')
  await target.evaluate((element, markup) => {
    const clipboardData = new DataTransfer()
    clipboardData.setData('text/html', markup)
    element.dispatchEvent(
      new ClipboardEvent('paste', {clipboardData, bubbles: true, cancelable: true}),
    )
  }, html)
}
