/** Anybody who can stand in a byline. */
import {z} from 'zod'

import {documentId} from './documentId.ts'
import {figure} from './figure.ts'
import {referenceTo} from './reference.ts'
import {slug} from './slug.ts'

export const author = z.strictObject({
  _id: documentId,
  _type: z.literal('author'),
  name: z.string().min(1),
  slug,
  kind: z.enum(['person', 'desk', 'agency']),
  jobTitle: z.string().min(1).optional(),
  affiliation: referenceTo('credit').optional(),
  shortBio: z.string().min(1).optional(),
  bio: z.string().min(1).optional(),
  portrait: figure.optional(),
  profiles: z.array(z.url({protocol: /^https$/})).optional(),
  email: z.email().optional(),
  active: z.boolean().optional(),
})

export type Author = z.infer<typeof author>
