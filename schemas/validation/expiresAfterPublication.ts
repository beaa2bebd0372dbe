import type {ValidationContext} from 'sanity'

import {instant} from './instant.ts'

/** A story that expires before it appears is never seen. */
export const expiresAfterPublication = (
  value: string | undefined,
  {document}: ValidationContext,
) => {
  const expires = instant(value)
  const visibleFrom = Math.max(
    instant(document?.['firstPublishedAt']) ?? -Infinity,
    instant(document?.['embargoUntil']) ?? -Infinity,
  )
  return (
    expires === undefined ||
    expires > visibleFrom ||
    'Move the expiry after first publication and embargo: readers would never see the story.'
  )
}
