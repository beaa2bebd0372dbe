/**
 * Steps of copying a dataset, done before the copy is visible: gives assets the new dataset's URLs,
 * removes releases, copies documents in memory.
 */
import type {Commit} from '../core/commit.ts'
import type {StoredDocument} from '../core/document.ts'
import {releaseDocumentId, releaseName, versionPrefix} from '../core/ids.ts'
import {timeNotBefore} from '../core/timestamp.ts'
import {scopesOfRelease} from '../core/variants.ts'
import type {DatasetStore} from '../store/datasetStore.ts'
import {assetsOf} from './assetDocuments.ts'
import type {Dataset} from './dataset.ts'

/**
 * Changes the dataset's name in the URLs of the copied assets. Not recorded in history, because the
 * copy is not visible yet.
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
 * Removes releases and their versions from a copy, with their history.
 */
export const removeReleases = (store: DatasetStore): void => {
  store.transact((transaction) => {
    for (const release of transaction.idsWithPrefix(releaseDocumentId(''))) {
      const scopes = scopesOfRelease(releaseName(release) ?? '', transaction.idsWithPrefix)
      const versions = scopes.flatMap((scope) => transaction.idsWithPrefix(versionPrefix(scope)))
      for (const id of [release, ...versions]) {
        transaction.delete(id)
        transaction.deleteHistory(id)
      }
    }
  })
}

/** Copies documents to a dataset in memory, in one transaction. */
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
