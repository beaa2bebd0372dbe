import type {ValidationContext} from 'sanity'

import {instant} from './instant.ts'

/** A story cannot be updated before it was published. */
export const updatedAfterPublication = (
  value: string | undefined,
  {document}: ValidationContext,
) => {
  const updated = instant(value)
  const published = instant(document?.['firstPublishedAt'])
  return (
    updated === undefined ||
    published === undefined ||
    updated >= published ||
    'Move the update after first publication, or clear it.'
  )
}
