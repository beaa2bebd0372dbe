import type {Value} from '../core/value.ts'
import {unitsOfSearch} from '../execution/budget.ts'
import {charge, chargeText} from '../execution/run.ts'
import type {Run} from '../execution/run.ts'
import {binary, unary} from './groqFunction.ts'
import type {Namespace} from './groqFunction.ts'

const ofText =
  (change: (text: string) => string) =>
  (text: Value, run: Run): Value => {
    if (typeof text !== 'string') return null
    chargeText(run, 2 * text.length)
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
    (text, prefix, run) => {
      if (typeof text !== 'string' || typeof prefix !== 'string') return null
      chargeText(run, prefix.length)
      return text.startsWith(prefix)
    },
  ),
  split: binary(
    'text, separator',
    'The parts of the text between separators; its characters when the separator is empty',
    (text, separator, run) => {
      if (typeof text !== 'string' || typeof separator !== 'string') return null
      if (text === '') return []
      if (separator === '') {
        charge(run, text.length)
        return Array.from(text)
      }
      charge(run, unitsOfSearch(text, separator) + Math.trunc(text.length / separator.length))
      return text.split(separator)
    },
  ),
}
