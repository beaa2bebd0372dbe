/** Rules about corrections: they stay, and a retraction is explained. */
import type {ValidationContext} from 'sanity'

import {records} from '../untyped.ts'
import {publishedPart} from './dataset.ts'

/** Readers have seen a published correction: it must not disappear. */
export const correctionsOnlyGrow = async (
  value: unknown[] | undefined,
  context: ValidationContext,
) => {
  const published = await publishedPart<string[]>(context, '.corrections[]._key')
  const kept = new Set(records(value).map((item) => item['_key']))
  return (
    (published ?? []).every((key) => kept.has(key)) ||
    'A published correction was removed. Put it back; if it was wrong, add another.'
  )
}

/**
 * A story that is taken back says so and why. The message is an object because the field's own
 * message, for a status that does not exist, would replace a plain string.
 */
export const retractionIsExplained = (value: string | undefined, {document}: ValidationContext) => {
  const corrections = records(document?.['corrections'])
  return (
    value !== 'retracted' ||
    corrections.some((item) => item['kind'] === 'retraction') || {
      message: 'Add a correction of the kind “Retraction” that says why the story was taken back.',
    }
  )
}
