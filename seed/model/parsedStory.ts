/**
 * A story as the archive prints it, understood but not yet turned into documents. Every text is
 * readable (see `readableText`) and knows its line; `lines` has every line letter for letter.
 */
import {z} from 'zod'

import {lineKind} from './lineKind.ts'
import {reviewNote} from './review.ts'

const lineNumber = z.int().positive()
const words = z.string().trim().min(1)
const printed = z.strictObject({line: lineNumber, text: words})

const figure = z.strictObject({
  kind: z.literal('figure'),
  line: lineNumber,
  caption: words.optional(),
  agency: words.optional(),
  /** The line letter for letter: the archive ran caption and agency together. */
  sourceText: z.string().min(1),
})

const paragraph = printed.extend({kind: z.literal('paragraph')})

export const parsedStory = z.strictObject({
  source: z.strictObject({
    file: z.string().min(1),
    checksum: z.string().regex(/^[0-9a-f]{64}$/),
    byteOrderMark: z.boolean(),
    lineEnds: z.enum(['unix', 'windows', 'classicMac']),
    lineCount: z.int().positive(),
  }),
  /** Every line but the empty ones, in order, each with its one kind. */
  lines: z.array(z.strictObject({number: lineNumber, kind: lineKind, text: z.string().min(1)})),
  /** The archive’s word for the publication, as printed: `unilad`. */
  site: words,
  /** When the archive kept the page. Not the day of publication. */
  capturedOn: z.iso.date(),
  headline: printed,
  byline: z.strictObject({
    line: lineNumber,
    /** The field as printed: `A and B`. */
    printed: words,
    /** None where the field fits no exact grammar. */
    names: z.array(words),
    /** `14 Feb 2021 12:31` */
    printedTime: words,
    /** IANA name of the zone the time was read in; the archive prints none. */
    timeZone: words,
    /** Wall clock to the minute, `2021-02-14T12:31`. */
    localTime: z.string(),
    publishedAt: z.iso.datetime({precision: 3}),
  }),
  leadFigure: figure.optional(),
  body: z.array(z.discriminatedUnion('kind', [paragraph, figure])).min(1),
  mostRead: z.array(printed.extend({category: printed.optional()})),
  biographies: z.array(z.strictObject({name: words, paragraphs: z.array(printed).min(1)})),
  topics: z.strictObject({line: lineNumber, labels: z.array(words)}).optional(),
  /** In the order of the page. Without a number: named above the list and not in it. */
  credits: z.array(
    z.strictObject({
      line: lineNumber,
      number: z.int().positive().optional(),
      publisher: words,
      work: printed.optional(),
    }),
  ),
  review: z.array(reviewNote),
})

export type ParsedStory = z.infer<typeof parsedStory>
export type ParsedFigure = z.infer<typeof figure>
export type Printed = z.infer<typeof printed>
