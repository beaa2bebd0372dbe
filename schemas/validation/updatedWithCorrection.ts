import type {ValidationContext} from 'sanity'

import {instant} from './instant.ts'
import {isRecord} from './portableText.ts'

/** A correction is a change readers should know of, so the story is as new as its newest one. */
export const updatedWithCorrection = (value: string | undefined, {document}: ValidationContext) => {
  const corrections = Array.isArray(document?.['corrections']) ? document['corrections'] : []
  const newest = Math.max(
    ...corrections.filter(isRecord).map((item) => instant(item['madeAt']) ?? -Infinity),
    -Infinity,
  )
  const modified = instant(value) ?? instant(document?.['firstPublishedAt'])
  return (
    modified === undefined ||
    modified >= newest ||
    'The story was corrected later than this: mark it as updated.'
  )
}
