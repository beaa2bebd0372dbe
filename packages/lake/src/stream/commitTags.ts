/**
 * The sync tags of a commit, for live events: front ends that keep query results drop those with
 * one of these tags.
 */
import {memoiseByObject} from '../core/cache/memoise.ts'
import type {Commit} from '../core/commit.ts'
import type {StoredDocument} from '../core/document.ts'
import {bundleOf, isPrivateId, publishedId} from '../core/ids.ts'
import {syncTagsOfCommit} from '../query/syncTags.ts'
import type {DatasetStore} from '../store/datasetStore.ts'

/** The commits that a client of live events is sent: all, all but drafts and versions, or public ones. */
export type LiveScope = 'everything' | 'published' | 'public'

/** Tags of a commit by scope, computed once for all clients. */
const tagsOf = memoiseByObject(
  'commitTags',
  (_commit: Commit) => new Map<LiveScope, readonly string[]>(),
)

/**
 * The sync tags of a commit; none when it is outside the scope.
 * @param store Of the commit's dataset.
 */
export const commitTags = (
  store: Pick<DatasetStore, 'get' | 'idsOfGroup'>,
  commit: Commit,
  scope: LiveScope,
): readonly string[] => {
  const known = tagsOf(commit)
  let tags = known.get(scope)
  if (!tags) {
    const changes = commit.changes.filter(({id}) => isIncluded(id, scope))
    tags = changes.length === 0 ? [] : syncTagsOfCommit({changes}, (id) => behind(store, id))
    known.set(scope, tags)
  }
  return tags
}

/**
 * The other versions of a document: where drafts are visible, a draft hides its published document, so
 * its creation or deletion changes results that hold that one. Earlier and later states of the other
 * versions are covered by the tags of their own commits.
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
