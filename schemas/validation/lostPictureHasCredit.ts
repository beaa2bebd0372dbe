import type {ValidationContext} from 'sanity'

import {isRecord} from '../untyped.ts'

/** An imported caption may name an agency that nobody here knows: somebody should find out who. */
export const lostPictureHasCredit = (value: unknown[] | undefined, {parent}: ValidationContext) =>
  !isRecord(parent) ||
  parent['asset'] !== undefined ||
  Boolean(value?.length) ||
  'Nobody is credited: find out whose picture this was before you upload it.'
