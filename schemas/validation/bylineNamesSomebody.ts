import type {ValidationContext} from 'sanity'

import {textOf} from '../untyped.ts'

/**
 * Somebody signs the story: authors, or a printed byline whose authors are not known one by one, as
 * many an archive has it.
 */
export const bylineNamesSomebody = (
  value: readonly unknown[] | undefined,
  {document}: ValidationContext,
) =>
  (value !== undefined && value.length > 0) ||
  textOf(document?.['bylineText']) !== undefined ||
  'Add at least one author to the byline, or enter the byline in other words.'
