import {blockText, textBlocks} from './portableText.ts'

/** Empty paragraphs, mostly from a paste, print as gaps. */
export const noEmptyBlocks = (value: unknown[] | undefined) =>
  textBlocks(value)
    .filter((block) => blockText(block).trim() === '')
    .map((block) => ({
      message: 'This paragraph is empty: delete it. Pages make their own space.',
      path: [{_key: block._key}],
    }))
