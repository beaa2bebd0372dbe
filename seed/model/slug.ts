/** The part of an address that names a document: a–z, 0–9 and single hyphens. */
import {z} from 'zod'

/** The longest slug the Studio generates. */
export const SLUG_MAX = 96

export const slug = z.strictObject({
  _type: z.literal('slug'),
  current: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
  source: z.string().optional(),
})
