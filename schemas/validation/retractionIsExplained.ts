import type {ValidationContext} from 'sanity'

import {records} from '../untyped.ts'

/**
 * A story that is taken back says so and why. The message is an object because the field's own
 * wording, for a standing that does not exist, would replace a plain text.
 */
export const retractionIsExplained = (value: string | undefined, {document}: ValidationContext) => {
  const corrections = records(document?.['corrections'])
  return (
    value !== 'retracted' ||
    corrections.some((item) => item['kind'] === 'retraction') || {
      message:
        'Add a correction of the kind “Retraction” that tells readers why the story was taken back.',
    }
  )
}
