/** Rules about times: first publication, updates, expiry, and the zone of the newsroom. */
import type {ValidationContext} from 'sanity'

import {newsroomTimeAndDay} from '../newsroomTime.ts'
import {records} from '../untyped.ts'
import {blockText, textBlocks} from './body.ts'
import {publishedPart} from './dataset.ts'

/** A time in milliseconds, or nothing. Compares dates of any notation and precision. */
const timeOf = (value: unknown): number | undefined => {
  const time = typeof value === 'string' ? Date.parse(value) : Number.NaN
  return Number.isNaN(time) ? undefined : time
}

/**
 * The time readers were given for first publication does not change, whichever draft, release or
 * older revision is published over it. A time in the future may change. An empty field is accepted
 * here: Publish fills it with the time that readers know.
 */
export const firstPublicationStays = async (
  value: string | undefined,
  context: ValidationContext,
) => {
  if (value === undefined) return true
  const known = await publishedPart<string>(context, '.firstPublishedAt')
  const seen = timeOf(known)
  return (
    known === null ||
    seen === undefined ||
    seen > Date.now() ||
    seen === timeOf(value) ||
    `Readers have seen this story since ${newsroomTimeAndDay(known)}: set this time back to it.`
  )
}

/** A story cannot be updated before it was published. */
export const updatedAfterPublication = (
  value: string | undefined,
  {document}: ValidationContext,
) => {
  const updated = timeOf(value)
  const published = timeOf(document?.['firstPublishedAt'])
  return (
    updated === undefined ||
    published === undefined ||
    updated >= published ||
    'Set a time after first publication, or clear this field.'
  )
}

/** Readers should know of a correction, so the story is at least as new as its newest one. */
export const updatedWithCorrection = (value: string | undefined, {document}: ValidationContext) => {
  const corrections = records(document?.['corrections'])
  const newest = Math.max(
    ...corrections.map((item) => timeOf(item['madeAt']) ?? -Infinity),
    -Infinity,
  )
  const modified = timeOf(value) ?? timeOf(document?.['firstPublishedAt'])
  return (
    modified === undefined ||
    modified >= newest ||
    'There is a newer correction: choose “Mark as updated now”.'
  )
}

const words = (body: unknown): string => textBlocks(body).map(blockText).join('\n')

/** Asks, and does not insist: fixing a typo updates nothing, a new paragraph does. */
export const bodyChangeIsDated = async (value: string | undefined, context: ValidationContext) => {
  const published = await publishedPart<{body: unknown; updatedAt: string | null}>(
    context,
    '{body, updatedAt}',
  )
  return (
    published === null ||
    (published.updatedAt ?? undefined) !== value ||
    words(published.body) === words(context.document?.['body']) ||
    'You have changed the text. If the change matters to readers, choose “Mark as updated now”.'
  )
}

/** Nobody ever sees a story that expires before it appears. */
export const expiresAfterPublication = (
  value: string | undefined,
  {document}: ValidationContext,
) => {
  const expires = timeOf(value)
  const visibleFrom = Math.max(
    timeOf(document?.['firstPublishedAt']) ?? -Infinity,
    timeOf(document?.['embargoUntil']) ?? -Infinity,
  )
  return (
    expires === undefined ||
    expires > visibleFrom ||
    'Set a time after first publication and embargo: otherwise readers never see the story.'
  )
}

/** A zone of the IANA database, which knows its summer times; abbreviations such as “BST” do not. */
export const timeZoneExists = (value: string | undefined) => {
  if (!value) return true
  try {
    if (value === 'UTC' || value.includes('/')) {
      new Intl.DateTimeFormat('en', {timeZone: value}).format()
      return true
    }
  } catch {
    // Not a zone: the message below says so.
  }
  return 'Write a time zone by its city, such as “Europe/London”.'
}
