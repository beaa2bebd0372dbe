/** Room text: words of strings, for `match` and `text::query()`. This file: the text of Portable Text. */
import {isArray, isObject} from '../core/value.ts'
import type {Value} from '../core/value.ts'
import {type Budget, spend} from '../execution/budget.ts'

/**
 * The text of one Portable Text block: its spans joined without separator.
 * Null when the value is no block (an object with a `_type` and an array of `children`).
 * @param budget Charged with the spans; see budget.ts.
 */
export const portableTextOf = (block: Value, budget?: Budget): string | null => {
  if (!isObject(block) || typeof block['_type'] !== 'string') return null
  const children = block['children'] ?? null
  if (!isArray(children)) return null
  if (budget) spend(budget, 2 * children.length)
  let text = ''
  for (const child of children) {
    if (!isObject(child) || child['_type'] !== 'span') continue
    const span = child['text']
    if (typeof span === 'string') text += span
  }
  return text
}

/** The text of each block in an array, nested arrays included. */
export const portableTextsOf = (
  value: readonly Value[],
  budget?: Budget,
  texts: string[] = [],
): string[] => {
  for (const element of value) {
    if (budget) spend(budget, 1)
    if (isArray(element)) portableTextsOf(element, budget, texts)
    else {
      const text = portableTextOf(element, budget)
      if (text !== null) texts.push(text)
    }
  }
  return texts
}
