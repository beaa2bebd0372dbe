/**
 * A reference as Sanity stores it, to documents of the given types. The types go into the JSON
 * schema as `referenceTo`, where the parity test compares them with the Sanity schema.
 */
import {z} from 'zod'

import {documentId} from './documentId.ts'

export function referenceTo(...types: readonly [string, ...string[]]) {
  return z
    .strictObject({
      _type: z.literal('reference'),
      _ref: documentId,
      _weak: z.boolean().optional(),
    })
    .meta({referenceTo: types})
}
