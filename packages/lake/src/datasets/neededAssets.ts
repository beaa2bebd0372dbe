import type {DatasetStore} from '../store/datasetStore.ts'

/**
 * Whether a dataset needs the bytes of an asset. Hosted Sanity removes an asset's file when its
 * document is deleted; here the bytes stay for some time, so that history can bring the document
 * back with its picture.
 * @param before An asset is needed when its document was deleted since (ISO 8601 in UTC).
 */
export const neededAssets =
  (store: DatasetStore, before: string) =>
  (id: string): boolean =>
    store.read(() => {
      if (store.get(id) !== undefined) return true
      const source = store.source({perspective: 'raw', includePrivate: true})
      const referring = source.access?.read({by: 'reference', to: [id]})
      // A reference outlives what it refers to where it is weak.
      if (referring === undefined || referring[Symbol.iterator]().next().done !== true) return true
      const last = [...store.history.lifecycle({group: id})].at(-1)
      return last !== undefined && last.timestamp >= before
    })
