/**
 * Ids of documents: letters, digits and hyphens. A dot would make a document private even in a
 * public dataset (sanity.io, "IDs and Paths").
 */
import {z} from 'zod'

export const documentId = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9-]{0,127}$/)
