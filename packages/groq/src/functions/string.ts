/** Functions of the namespaces `string::` and `text::`, with `lower()` and `upper()`. */
import type {Value} from '../core/value.ts'
import {unitsOfSearch} from '../execution/budget.ts'
import {charge, chargeText, type Execution} from '../execution/execution.ts'
import {TextQuery} from '../text/textQuery.ts'
import {binary, type Namespace, refused, unary} from './groqFunction.ts'

const ofText =
  (change: (text: string) => string) =>
  (text: Value, execution: Execution): Value => {
    if (typeof text !== 'string') return null
    chargeText(execution, 2 * text.length)
    return change(text)
  }

export const lower = unary(
  'text',
  'The text in lower case',
  ofText((text) => text.toLowerCase()),
)

export const upper = unary(
  'text',
  'The text in upper case',
  ofText((text) => text.toUpperCase()),
)

export const stringFunctions: Namespace = {
  lower,
  upper,
  trim: unary(
    'text',
    'The text without white space at its ends',
    ofText((text) => text.trim()),
  ),
  startsWith: binary(
    'text, prefix',
    'Whether the text begins with the prefix',
    (text, prefix, execution) => {
      if (typeof text !== 'string' || typeof prefix !== 'string') return null
      chargeText(execution, prefix.length)
      return text.startsWith(prefix)
    },
  ),
  split: binary(
    'text, separator',
    'The parts of the text between separators; its characters when the separator is empty',
    (text, separator, execution) => {
      if (typeof text !== 'string' || typeof separator !== 'string') return null
      if (text === '') return []
      if (separator === '') {
        charge(execution, text.length)
        return Array.from(text)
      }
      charge(execution, unitsOfSearch(text, separator) + Math.trunc(text.length / separator.length))
      return text.split(separator)
    },
  ),
}

const noEmbeddings = 'it needs an embeddings index, which this lake does not have'

export const textFunctions: Namespace = {
  query: unary(
    'search',
    'For `match`: words, beginnings*, "phrases" and -exclusions of a search text',
    (text) => (typeof text === 'string' ? new TextQuery(text) : null),
  ),
  semanticSimilarity: refused('text', 'How similar strings are in meaning', noEmbeddings),
  embedding: refused('text', 'The embedding of a string', noEmbeddings),
}
