/** What the whole publication has in common: one document with a fixed id. */
import {z} from 'zod'

import {referenceTo} from './reference.ts'

export const siteSettings = z.strictObject({
  _id: z.string().regex(/^siteSettings$/),
  _type: z.literal('siteSettings'),
  publicationName: z.string().min(1),
  baseUrl: z.url(),
  language: z.string().min(2),
  timeZone: z.string().min(1),
  publisher: referenceTo('credit'),
})

export type SiteSettings = z.infer<typeof siteSettings>
