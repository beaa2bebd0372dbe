/**
 * The asset documents of a dataset: finds them, updates their URLs when the lake's address changes, and
 * decides which assets are still needed.
 */
import {SYSTEM} from '../access/caller.ts'
import type {Json, StoredDocument} from '../core/document.ts'
import type {DatasetStore} from '../store/datasetStore.ts'
import {documentsOfTypes} from '../store/documentsOfTypes.ts'
import type {Dataset} from './dataset.ts'

const ASSET_TYPES = ['sanity.imageAsset', 'sanity.fileAsset']

/** All asset documents of a dataset. */
export const assetsOf = (store: DatasetStore): StoredDocument[] =>
  documentsOfTypes(store, ASSET_TYPES)

/**
 * Updates the URLs in asset documents. Front ends read an asset's URL from its document
 * (`asset->url`), and it changes when the lake starts on another port. Writes one transaction, or
 * nothing if no URL has changed.
 * @returns A promise if there are so many that the writer thread writes them.
 * @param url Scheme, host and port, without a slash at the end.
 */
export const readdressAssets = (
  {name, store, writer}: Dataset,
  projectId: string,
  url: string,
): Promise<unknown> | undefined => {
  const folders = ['images', 'files'].map((kind) => `${kind}/${projectId}/${name}/`)
  const mutations = assetsOf(store).flatMap(({_id: id, path, url: old}) => {
    if (typeof path !== 'string' || !folders.some((folder) => path.startsWith(folder))) return []
    const own = `${url}/${path}`
    return old === own || !isAddress(old, path) ? [] : [{patch: {id, set: {url: own}}}]
  })
  if (mutations.length === 0) return undefined
  const request = {kind: 'mutations', author: SYSTEM, caller: null, options: {}} as const
  const done = writer.write(request, Buffer.from(JSON.stringify({mutations})))
  return done instanceof Promise ? done : undefined
}

/** Whether a lake wrote the URL; others, such as those of a CDN, are kept. */
const isAddress = (url: Json | undefined, path: string): boolean =>
  typeof url === 'string' &&
  url.endsWith(`/${path}`) &&
  /^http:\/\/[^/]+\/(?:images|files)\//.test(url)

/**
 * Tells whether a dataset still needs the bytes of an asset. Hosted Sanity deletes them with the
 * document; here they are kept for some time, so that a document can be restored from history with
 * its picture.
 * @param before ISO 8601 in UTC: assets whose document was deleted since then are needed.
 */
export const neededAssets =
  (store: DatasetStore, before: string) =>
  (id: string): boolean =>
    store.read(() => {
      if (store.get(id) !== undefined) return true
      const source = store.source({perspective: 'raw', includePrivate: true})
      const referring = source.access?.read({by: 'reference', to: [id]})
      // A weak reference may point to a deleted document.
      if (referring === undefined || referring[Symbol.iterator]().next().done !== true) return true
      const last = [...store.history.lifecycle({group: id})].at(-1)
      return last !== undefined && last.timestamp >= before
    })
