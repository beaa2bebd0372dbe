/** Documents in memory as a source without indexes. */
import {compareText} from '../core/compareText.ts'
import type {StoredDocument} from '../core/document.ts'
import type {DocumentSource} from './source.ts'

/** Documents in memory as a source without indexes. Of documents with one id, the first counts. */
export const memorySource = (documents: Iterable<StoredDocument>): DocumentSource => {
  const byId = new Map<string, StoredDocument>()
  for (const document of documents) if (!byId.has(document._id)) byId.set(document._id, document)
  const sorted = [...byId.values()].toSorted((a, b) => compareText(a._id, b._id))
  return {
    scan: () => sorted,
    get: (id) => byId.get(id),
  }
}
