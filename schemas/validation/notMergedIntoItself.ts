import type {Reference, ValidationContext} from 'sanity'

import {ownId} from './clients.ts'

/** A topic that remains is not merged into anything, least of all itself. */
export const notMergedIntoItself = (value: Reference | undefined, context: ValidationContext) =>
  !value?._ref ||
  value._ref !== ownId(context) ||
  'Choose the topic that remains, not this one, or clear the field.'
