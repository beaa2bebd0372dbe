import type {ValidationContext} from 'sanity'

import {isRecord} from '../untyped.ts'

/** A picture is never printed without its credit, caption or none. */
export const pictureHasCredit = (value: unknown[] | undefined, {parent}: ValidationContext) =>
  !isRecord(parent) ||
  parent['asset'] === undefined ||
  Boolean(value?.length) ||
  'Credit the picture: add at least one line under Credits.'
