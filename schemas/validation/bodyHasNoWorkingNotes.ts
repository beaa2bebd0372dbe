import {textBlocks, type TextBlock} from './portableText.ts'
import {workingNotes} from './workingNotes.ts'

/** The words of a block that are the newsroom's own: what lies in a quotation is never linted. */
const ownWords = (block: TextBlock): string => {
  const quotations = new Set(
    block.markDefs.filter((mark) => mark._type === 'quotation').map((mark) => mark._key),
  )
  return block.children
    .filter((span) => !span.marks.some((mark) => quotations.has(mark)))
    .map((span) => span.text)
    .join('')
}

/** A working note left in the story. */
export const bodyHasNoWorkingNotes = (value: unknown[] | undefined) =>
  textBlocks(value).flatMap((block) => {
    const note = workingNotes.exec(ownWords(block))?.[0]
    return note === undefined
      ? []
      : [
          {
            message: `A working note is left in the story: resolve “${note}” or move it to the desk notes.`,
            path: [{_key: block._key}],
          },
        ]
  })
