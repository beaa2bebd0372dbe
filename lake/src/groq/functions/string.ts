import {binary, unary} from './groqFunction.ts'
import type {Namespace} from './groqFunction.ts'

export const lower = unary('text', 'The text in lower case', (text) =>
  typeof text === 'string' ? text.toLowerCase() : null,
)

export const upper = unary('text', 'The text in upper case', (text) =>
  typeof text === 'string' ? text.toUpperCase() : null,
)

export const stringFunctions: Namespace = {
  lower,
  upper,
  trim: unary('text', 'The text without white space at its ends', (text) =>
    typeof text === 'string' ? text.trim() : null,
  ),
  startsWith: binary('text, prefix', 'Whether the text begins with the prefix', (text, prefix) =>
    typeof text === 'string' && typeof prefix === 'string' ? text.startsWith(prefix) : null,
  ),
  split: binary(
    'text, separator',
    'The parts of the text between separators; its characters when the separator is empty',
    (text, separator) => {
      if (typeof text !== 'string' || typeof separator !== 'string') return null
      if (text === '') return []
      return separator === '' ? Array.from(text) : text.split(separator)
    },
  ),
}
