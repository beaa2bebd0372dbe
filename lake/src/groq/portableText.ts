import {isArray, isObject} from './value.ts'
import type {Value} from './value.ts'

/**
 * The text of one Portable Text block: its spans joined without separator.
 * Null when the value is no block (an object with a `_type` and an array of `children`).
 */
export const portableTextOf = (block: Value): string | null => {
  if (!isObject(block) || typeof block['_type'] !== 'string') return null
  const children = block['children'] ?? null
  if (!isArray(children)) return null
  let text = ''
  for (const child of children) {
    if (!isObject(child) || child['_type'] !== 'span') continue
    const span = child['text']
    if (typeof span === 'string') text += span
  }
  return text
}

/** The texts of all blocks in an array, nested arrays included. */
export const portableTextsOf = (value: readonly Value[]): string[] => {
  const texts: string[] = []
  for (const element of value) {
    if (isArray(element)) texts.push(...portableTextsOf(element))
    else {
      const text = portableTextOf(element)
      if (text !== null) texts.push(text)
    }
  }
  return texts
}
