import type {ValidationContext} from 'sanity'

import {isRecord} from '../untyped.ts'

/** Screen readers read both: the same words twice help nobody. */
export const altIsNotCaption = (value: string | undefined, {parent}: ValidationContext) =>
  !value ||
  !isRecord(parent) ||
  typeof parent['caption'] !== 'string' ||
  value.trim().toLowerCase() !== parent['caption'].trim().toLowerCase() ||
  'Say what the picture shows: the caption is read aloud anyway.'
