/**
 * Ranges of keys in a value index: what a comparison, `defined()` or a walk in order reads.
 */
import type {OrderedWalk, ValueRange} from '@copydesk/groq/engine'

import {
  DEFINED_OTHER_KEY,
  FALSE_KEY,
  type Key,
  OTHER_KEY,
  TRUE_KEY,
  compareKeys,
} from './keyValues.ts'

/** Keys from `low` to `high`, either end left out when open. */
export interface KeyRange {
  readonly low: Key
  readonly lowOpen?: boolean
  readonly high: Key
  readonly highOpen?: boolean
}

const SCALARS: KeyRange = {low: -Infinity, high: TRUE_KEY}
const DEFINED_OTHERS: KeyRange = {low: DEFINED_OTHER_KEY, high: DEFINED_OTHER_KEY}
const OTHERS: KeyRange = {low: OTHER_KEY, high: OTHER_KEY}

/** The keys in a GROQ range. An open end becomes the bound of the values of that type. */
export const keyRangeOf = ({from, to, fromInclusive, toInclusive}: ValueRange): KeyRange => {
  const isText = typeof (from ?? to) === 'string'
  return {
    low: from ?? (isText ? '' : -Infinity),
    lowOpen: from !== undefined && !fromInclusive,
    high: to ?? (isText ? FALSE_KEY : ''),
    highOpen: to === undefined || !toInclusive,
  }
}

export const isInRange = (key: Key, {low, lowOpen, high, highOpen}: KeyRange): boolean => {
  const fromLow = compareKeys(key, low)
  const toHigh = compareKeys(key, high)
  return (lowOpen ? fromLow > 0 : fromLow >= 0) && (highOpen ? toHigh < 0 : toHigh <= 0)
}

/** The keys of documents where `defined(path)` is true. */
export const DEFINED: readonly KeyRange[] = [SCALARS, DEFINED_OTHERS]

/** The ranges that an ascending walk in order reads, one after another. */
export const walkRanges = ({within}: OrderedWalk): readonly KeyRange[] => {
  if (within === undefined) return [SCALARS, OTHERS]
  return within === 'defined' ? DEFINED : [keyRangeOf(within)]
}
