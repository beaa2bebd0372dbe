/** Portable Text (specification, "Portable Text Extension"). */
import {isArray} from '../core/value.ts'
import type {Value} from '../core/value.ts'
import {chargeText} from '../execution/execution.ts'
import type {Execution} from '../execution/execution.ts'
import {portableTextOf, portableTextsOf} from '../text/portableText.ts'
import {special, unary} from './groqFunction.ts'
import type {Namespace} from './groqFunction.ts'

type TextOfBlocks = (blocks: readonly Value[], execution: Execution) => string | null

const text = special(
  'blocks',
  'The text of a Portable Text block or array of blocks',
  ([argument], compiler) => {
    const blocks = argument ? compiler.evaluate(argument) : () => null
    const read = compiler.optimisations.has('blockText') ? rememberedTextOfBlocks : textOfBlocks
    return {
      evaluate: (scope) => {
        const value = blocks(scope)
        const {execution} = scope
        return isArray(value) ? read(value, execution) : portableTextOf(value, execution.budget)
      },
    }
  },
)

const textOfBlocks: TextOfBlocks = (blocks, execution) => {
  const texts = portableTextsOf(blocks, execution.budget)
  chargeText(
    execution,
    texts.reduce((total, {length}) => total + length, 0),
  )
  return texts.length > 0 ? texts.join('\n\n') : null
}

/** A search reads the text of a document in its filter and again in its score. */
let latest: {readonly blocks: readonly Value[]; readonly text: string | null} | undefined

const rememberedTextOfBlocks: TextOfBlocks = (blocks, execution) => {
  if (latest?.blocks !== blocks) latest = {blocks, text: textOfBlocks(blocks, execution)}
  return latest.text
}

/** The value when it is a block or an array of nothing but blocks. */
const portableText = (value: Value, execution: Execution): Value => {
  const isBlock = (block: Value): boolean => portableTextOf(block, execution.budget) !== null
  if (isArray(value)) return value.every(isBlock) ? value : null
  return isBlock(value) ? value : null
}

export const ptFunctions: Namespace = {
  text,
}

export const ptConstructor = unary(
  'blocks',
  'The block or array of blocks; null when it is no Portable Text',
  portableText,
)
