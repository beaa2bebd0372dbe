import {portableTextOf, portableTextsOf} from '../portableText.ts'
import {isArray} from '../value.ts'
import type {Value} from '../value.ts'
import {unary} from './groqFunction.ts'
import type {Namespace} from './groqFunction.ts'

/** Portable Text (specification, "Portable Text Extension"). */

const text = (value: Value): string | null => {
  if (!isArray(value)) return portableTextOf(value)
  const texts = portableTextsOf(value)
  return texts.length > 0 ? texts.join('\n\n') : null
}

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
