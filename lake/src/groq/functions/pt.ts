import {withMemory} from '../../withMemory.ts'
import {portableTextOf, portableTextsOf} from '../portableText.ts'
import {isArray} from '../value.ts'
import type {Value} from '../value.ts'
import {unary} from './groqFunction.ts'
import type {Namespace} from './groqFunction.ts'

/** Portable Text (specification, "Portable Text Extension"). */

const text = (value: Value): string | null =>
  isArray(value) ? textOfBlocks(value) : portableTextOf(value)

/** A search asks for the text of a document in its filter and again in its score. */
const textOfBlocks = withMemory((blocks: readonly Value[]): string | null => {
  const texts = portableTextsOf(blocks)
  return texts.length > 0 ? texts.join('\n\n') : null
}, 1)

/** The value when it is a block or an array of nothing but blocks. */
const portableText = (value: Value): Value => {
  if (isArray(value)) return value.every((block) => portableTextOf(block) !== null) ? value : null
  return portableTextOf(value) === null ? null : value
}

export const ptFunctions: Namespace = {
  text: unary('blocks', 'The text of a Portable Text block or array of blocks', text),
}

export const ptConstructor = unary(
  'blocks',
  'The block or array of blocks; null when it is no Portable Text',
  portableText,
)
