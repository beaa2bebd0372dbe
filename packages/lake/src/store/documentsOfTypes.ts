/** Reads a dataset's documents by their type, for what the lake itself keeps in documents. */
import type {StoredDocument} from '../core/document.ts'
import type {DatasetStore} from './datasetStore.ts'

/**
 * All documents of these types as they are stored, drafts and versions included: by the index of
 * types where there is one, else by a scan.
 */
export const documentsOfTypes = (
  store: Pick<DatasetStore, 'source'>,
  types: readonly string[],
): StoredDocument[] => {
  const source = store.source({perspective: 'raw', includePrivate: true})
  const candidates = source.access?.read({by: 'type', types}) ?? source.scan()
  return [...candidates].filter(({_type}) => types.includes(_type))
}
