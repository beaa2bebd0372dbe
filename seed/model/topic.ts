/** What stories are about. */
import {z} from 'zod'

import {documentId} from './documentId.ts'
import {keyed} from './keyed.ts'
import {referenceTo} from './reference.ts'
import {slug} from './slug.ts'

export const topicKind = z.enum([
  'section',
  'subject',
  'person',
  'organisation',
  'place',
  'event',
  'product',
  'channel',
])

const externalId = z.strictObject({
  _type: z.literal('externalId'),
  scheme: z.enum(['wikidata', 'iptc', 'iso3166-1']),
  value: z.string().min(1),
})

export const topic = z.strictObject({
  _id: documentId,
  _type: z.literal('topic'),
  name: z.string().min(1),
  slug,
  kind: topicKind,
  parent: referenceTo('topic').optional(),
  description: z.string().min(1).optional(),
  aliases: z.array(z.string().min(1)).optional(),
  externalIds: z.array(keyed(externalId)).optional(),
  mergedInto: referenceTo('topic').optional(),
})

export type Topic = z.infer<typeof topic>
