/** Who is credited, for what, and in which words. */
import {z} from 'zod'

import {referenceTo} from './reference.ts'

export const creditLine = z.strictObject({
  _type: z.literal('creditLine'),
  credit: referenceTo('credit'),
  role: z.enum([
    'source',
    'agency',
    'photographer',
    'videographer',
    'illustrator',
    'data',
    'rightsHolder',
  ]),
  /** Its number in a list of sources. A line without one belongs to the line above. */
  number: z.int().positive().optional(),
  text: z.string().min(1).optional(),
})
