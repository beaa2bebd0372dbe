import type {Commit} from '../core/commit.ts'
import type {StoredDocument} from '../core/document.ts'
import {bundleOf, isPrivateId, publishedId} from '../core/ids.ts'
import {syncTagsOfCommit} from '../query/syncTags.ts'
import type {DatasetStore} from '../store/datasetStore.ts'

/** What a follower of live events hears of: all, all but drafts and versions, or what is public. */
export type LiveScope = 'everything' | 'published' | 'public'

/** Worked out once, however many follow. */
const known: Readonly<Record<LiveScope, WeakMap<Commit, readonly string[]>>> = {
  everything: new WeakMap(),
  published: new WeakMap(),
  public: new WeakMap(),
}

/**
 * The sync tags of a commit; none when it is no news.
 * @param store Of the commit's dataset.
 */
export const commitTags = (
  store: Pick<DatasetStore, 'get' | 'idsOfGroup'>,
  commit: Commit,
  scope: LiveScope,
): readonly string[] => {
  let tags = known[scope].get(commit)
  if (!tags) {
    const changes = commit.changes.filter(({id}) => isIncluded(id, scope))
    tags = changes.length === 0 ? [] : syncTagsOfCommit({changes}, (id) => behind(store, id))
    known[scope].set(commit, tags)
  }
  return tags
}

/**
 * A draft stands in front of its published document: where drafts are seen, that one goes and
 * comes with it. What the group was at another moment, the tags of another commit tell.
 */
function* behind(
  store: Pick<DatasetStore, 'get' | 'idsOfGroup'>,
  id: string,
): Generator<StoredDocument> {
  if (bundleOf(id) === undefined) return
  for (const other of store.idsOfGroup(publishedId(id))) {
    const document = other === id ? undefined : store.get(other)
    if (document) yield document
  }
}

const isIncluded = (id: string, scope: LiveScope): boolean => {
  switch (scope) {
    case 'everything':
      return true
    case 'published':
      return bundleOf(id) === undefined
    case 'public':
      return !isPrivateId(id)
  }
}
