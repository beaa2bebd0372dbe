import type {Commit} from '../core/commit.ts'
import type {StoredDocument} from '../core/document.ts'
import {releaseDocumentId, releaseName, versionPrefix} from '../core/ids.ts'
import {timeNotBefore} from '../core/timestamp.ts'
import type {DatasetStore} from '../store/datasetStore.ts'
import type {Dataset} from './dataset.ts'
import {assetsOf} from './readdressAssets.ts'

/**
 * The addresses of a copied dataset's assets name the dataset: they are made to name the copy.
 * Done before anybody sees the copy, so it is no transaction of its own.
 */
export const renameAssets = (store: DatasetStore, projectId: string, from: string): void => {
  const old = `/${projectId}/${from}/`
  const own = `/${projectId}/${store.name}/`
  const readdress = (value: unknown): string => String(value).replace(old, own)
  const assets = assetsOf(store)
  store.transact((transaction) => {
    for (const asset of assets) {
      const {path, url} = asset
      if (typeof path !== 'string') continue
      const readdressed = {...asset, path: readdress(path), url: readdress(url)}
      transaction.put(readdressed)
      transaction.indexWords(readdressed)
    }
  })
}

/**
 * Takes releases and the versions in them out of a copy, with their history: done before anybody
 * sees it, too.
 */
export const removeReleases = (store: DatasetStore): void => {
  store.transact((transaction) => {
    for (const release of transaction.idsWithPrefix(releaseDocumentId(''))) {
      const versions = transaction.idsWithPrefix(versionPrefix(releaseName(release) ?? ''))
      for (const id of [release, ...versions]) {
        transaction.delete(id)
        transaction.deleteHistory(id)
      }
    }
  })
}

/** Copies documents between datasets in memory, where there is no file: in one transaction. */
export const copyDocuments = (
  from: Dataset,
  to: DatasetStore,
  {transactionId, timestamp, author}: Pick<Commit, 'transactionId' | 'timestamp' | 'author'>,
): void => {
  const source = from.store.source({perspective: 'raw', includePrivate: true})
  const documents: StoredDocument[] = [...source.scan()]
  const copiedAt = timeNotBefore(Date.parse(timestamp), from.store.history.lastTimestamp())
  to.transact((transaction) => {
    for (const document of documents) transaction.put(document)
    transaction.record({
      dataset: to.name,
      transactionId,
      timestamp: copiedAt,
      author,
      sequence: transaction.nextSequence,
      changes: documents.map((after) => ({
        id: after._id,
        before: null,
        after,
        mutations: [{create: after}],
      })),
    })
  })
}
