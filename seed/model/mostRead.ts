/** What readers of a site read most on one day. */
import {z} from 'zod'

import {documentId} from './documentId.ts'
import {keyed} from './keyed.ts'
import {provenance} from './provenance.ts'
import {referenceTo} from './reference.ts'

const mostReadItem = z.strictObject({
  _type: z.literal('mostReadItem'),
  headline: z.string().min(1),
  categoryLabel: z.string().min(1).optional(),
  article: referenceTo('article').optional(),
  url: z.url().optional(),
})

export const mostRead = z.strictObject({
  _id: documentId,
  _type: z.literal('mostRead'),
  capturedOn: z.iso.date(),
  publisher: referenceTo('credit').optional(),
  items: z.array(keyed(mostReadItem)).min(1),
  provenance: provenance.optional(),
})

export type MostRead = z.infer<typeof mostRead>
