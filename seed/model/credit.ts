/** Whoever or whatever a story or picture is owed to. */
import {z} from 'zod'

import {documentId} from './documentId.ts'
import {imageFields} from './figure.ts'
import {referenceTo} from './reference.ts'

export const credit = z.strictObject({
  _id: documentId,
  _type: z.literal('credit'),
  kind: z.enum(['publisher', 'agency', 'photographer', 'work', 'dataset', 'organisation']),
  name: z.string().min(1),
  publisher: referenceTo('credit').optional(),
  creditText: z.string().min(1).optional(),
  url: z.url().optional(),
  publishedOn: z.iso.date().optional(),
  language: z.string().min(2).optional(),
  logo: z.strictObject({_type: z.literal('image'), ...imageFields}).optional(),
})

export type Credit = z.infer<typeof credit>
