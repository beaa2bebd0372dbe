/**
 * Where an imported story came from, line by line: with the article’s own fields it holds the
 * whole source file.
 */
import {z} from 'zod'

import {keyed} from './keyed.ts'
import {furnitureKind} from './lineKind.ts'
import {normalisationKind} from './normalisation.ts'
import {referenceTo} from './reference.ts'

const line = z.int().positive()

const reviewFlag = z.strictObject({
  _type: z.literal('reviewFlag'),
  message: z.string().min(1),
  code: z.string().min(1),
  line: line.optional(),
  settled: z.boolean().optional(),
})

const placedLine = z.strictObject({
  _type: z.literal('placedLine'),
  line,
  /** The path of the field that holds the line, from the article. */
  field: z.string().min(1),
  /** The line letter for letter: where the field differs from it or is another document’s. */
  text: z.string().min(1).optional(),
})

const furnitureLine = z.strictObject({
  _type: z.literal('furnitureLine'),
  line,
  kind: furnitureKind,
  text: z.string().min(1),
})

const normalisation = z.strictObject({
  _type: z.literal('normalisation'),
  kind: normalisationKind,
  /** Absent: the whole file. */
  line: line.optional(),
})

const proposal = z.strictObject({
  _type: z.literal('proposal'),
  /** The path of the field it is for, from the article. */
  field: z.string().min(1),
  value: z.string().min(1),
  topic: referenceTo('topic').optional(),
  /** The words of the source, letter for letter. */
  evidence: z.string().min(1),
  line: line.optional(),
  rule: z.enum([
    'nameNearQuotation',
    'speakerBefore',
    'nameInByline',
    'secondByline',
    'updateTime',
  ]),
  decision: z.enum(['accepted', 'rejected']).optional(),
})

const capture = z.strictObject({
  _type: z.literal('capture'),
  file: z.string().min(1),
  checksum: z.string().regex(/^[0-9a-f]{64}$/),
  capturedOn: z.iso.date(),
  headline: z.string().min(1),
})

export const provenance = z.strictObject({
  _type: z.literal('provenance'),
  reviewFlags: z.array(keyed(reviewFlag)).optional(),
  proposals: z.array(keyed(proposal)).optional(),
  file: z.string().min(1),
  checksum: z.string().regex(/^[0-9a-f]{64}$/),
  lineCount: z.int().positive().optional(),
  importedBy: z.string().min(1).optional(),
  batch: z.string().min(1).optional(),
  capturedOn: z.iso.date().optional(),
  sourceSite: referenceTo('credit').optional(),
  sourceTime: z.string().min(1).optional(),
  timeZone: z.string().min(1).optional(),
  earlierCaptures: z.array(keyed(capture)).optional(),
  placed: z.array(keyed(placedLine)).optional(),
  furniture: z.array(keyed(furnitureLine)).optional(),
  normalisations: z.array(keyed(normalisation)).optional(),
})

export type Provenance = z.infer<typeof provenance>
export type Proposal = NonNullable<Provenance['proposals']>[number]
