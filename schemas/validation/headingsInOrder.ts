import {textBlocks} from './portableText.ts'

/** Screen readers offer headings as a table of contents: a level must not be skipped. */
export const headingsInOrder = (value: unknown[] | undefined) => {
  const headings = textBlocks(value).filter(({style}) => style === 'h2' || style === 'h3')
  const first = headings[0]
  return (
    first?.style !== 'h3' || {
      message: 'Make this a heading 2: a heading 3 only divides the part under a heading 2.',
      path: [{_key: first._key}],
    }
  )
}
