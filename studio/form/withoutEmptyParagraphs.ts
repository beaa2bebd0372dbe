/** The story’s form: drops the empty paragraphs of a paste. The plugins of its editor use it. */
import {records, textOf} from '../../schemas/untyped.ts'

/**
 * The pasted blocks without empty paragraphs. If there is nothing else, all are kept: the editor
 * copied empty lines on purpose.
 */
export const withoutEmptyParagraphs = <Block extends {readonly _type: string}>(
  blocks: readonly Block[],
): Block[] => {
  const filled = blocks.filter((block) => !isEmptyParagraph(block))
  return filled.length > 0 ? filled : [...blocks]
}

const isEmptyParagraph = (block: {readonly _type: string; readonly children?: unknown}): boolean =>
  block._type === 'block' &&
  records(block.children).every(
    ({_type, text}) => _type === 'span' && (textOf(text) ?? '').trim() === '',
  )
