/** What the import kept but could not decide: for an editor to look at. */
import {z} from 'zod'

const reviewCode = z.enum([
  'unplacedLine',
  'unknownAgency',
  'captionUnverified',
  'repeatedClockTime',
  'skippedClockTime',
  'repeatedAuthor',
  'bylineAsPrinted',
  'timeAfterCapture',
  'furnitureInBody',
  'belowTheEnd',
  'leftOut',
  'damagedText',
  'gluedLines',
  'lookAlike',
  'changedHeadline',
  'proposal',
  'creditsMismatch',
  'unknownPublication',
  'unknownTopic',
  'assumedSection',
  'unclosedQuotation',
])

export const reviewNote = z.strictObject({
  code: reviewCode,
  /** Line of the source, counted from 1. */
  line: z.int().positive(),
  /** A sentence for an editor: what was found and what to do. */
  message: z.string().min(1),
})

export type ReviewNote = z.infer<typeof reviewNote>

/** Puts a note for an editor on a story’s list. */
export type Note = (code: ReviewNote['code'], line: number, message: string) => void
