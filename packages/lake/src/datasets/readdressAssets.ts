import {SYSTEM} from '../access/caller.ts'
import type {Json, StoredDocument} from '../core/document.ts'
import type {DatasetStore} from '../store/datasetStore.ts'
import type {Dataset} from './dataset.ts'

const ASSET_TYPES = ['sanity.imageAsset', 'sanity.fileAsset']

/** The documents of a dataset's assets. */
export const assetsOf = (store: DatasetStore): StoredDocument[] => {
  const source = store.source({perspective: 'raw', includePrivate: true})
  const documents = source.access?.read({by: 'type', types: ASSET_TYPES}) ?? source.scan()
  return [...documents].filter(({_type}) => ASSET_TYPES.includes(_type))
}

/**
 * Front ends take an asset's address from its document (`asset->url`), and a lake that starts on
 * another port has other addresses. The documents of its own assets are made to say so, in one
 * transaction that history shows; where nothing moved, nothing is written.
 * @returns A promise where there are many, which a thread writes.
 * @param url Scheme, host and port, without a slash at the end.
 */
export const readdressAssets = (
  {name, store, writes}: Dataset,
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
  const done = writes.write(request, Buffer.from(JSON.stringify({mutations})))
  return done instanceof Promise ? done : undefined
}

/** Whether a lake wrote it; what somebody else put there, such as a CDN's address, stays. */
const isAddress = (url: Json | undefined, path: string): boolean =>
  typeof url === 'string' &&
  url.endsWith(`/${path}`) &&
  /^http:\/\/[^/]+\/(?:images|files)\//.test(url)
