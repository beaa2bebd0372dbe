import type {ValidationContext} from 'sanity'

import {records} from '../untyped.ts'
import {instant} from './instant.ts'

/** A correction is a change readers should know of, so the story is as new as its newest one. */
export const updatedWithCorrection = (value: string | undefined, {document}: ValidationContext) => {
  const corrections = records(document?.['corrections'])
  const newest = Math.max(
    ...corrections.map((item) => instant(item['madeAt']) ?? -Infinity),
    -Infinity,
  )
  const modified = instant(value) ?? instant(document?.['firstPublishedAt'])
  return (
    modified === undefined ||
    modified >= newest ||
    'The story was corrected later than this: mark it as updated.'
  )
}
