/** Documents as `sanity dataset import` reads them: one JSON object a line. */
import type {SeedDocument} from '../model/seedDocument.ts'

export function toNdjson(documents: Iterable<SeedDocument>): string {
  return Array.from(documents, (document) => `${JSON.stringify(document)}\n`).join('')
}
