import {textBlocks, type TextBlock} from './portableText.ts'

const url = /\bhttps?:\/\/|\bwww\.\w/i

const unlinkedText = (block: TextBlock): string => {
  const links = new Set(
    block.markDefs.filter((mark) => mark._type === 'link').map((mark) => mark._key),
  )
  return block.children
    .filter((span) => !span.marks.some((mark) => links.has(mark)))
    .map((span) => span.text)
    .join('')
}

/** An address printed as text: readers cannot follow it and screen readers spell it out. */
export const noRawUrls = (value: unknown[] | undefined) =>
  textBlocks(value)
    .filter((block) => url.test(unlinkedText(block)))
    .map((block) => ({
      message: 'An address stands in the text: put it behind a link on words that say what it is.',
      path: [{_key: block._key}],
    }))
