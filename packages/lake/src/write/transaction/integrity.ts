import {
  documentHasExistingReferences,
  documentReferenceDoesNotExist,
  type FailedItem,
  validationError,
} from '../../core/errors.ts'
import {releaseOf, versionPrefix} from '../../core/ids.ts'
import {MAX_RELEASE_DOCUMENTS} from '../../core/limits.ts'
import {referencesOf} from '../../store/indexes/documentReferences.ts'
import type {Workspace} from './workspace.ts'

/** How many referring documents an error names. */
const MAX_REFERRERS = 100

/**
 * Strong references must hold when the transaction ends, not while it is made: every target of a
 * changed document exists, and nothing refers strongly to what was deleted or got another type.
 * To be called when the workspace is flushed.
 */
export const brokenReferences = (workspace: Workspace): FailedItem[] => {
  const {store} = workspace
  const exists = new Map<string, boolean>()
  const failed: FailedItem[] = []

  for (const {id, before, after, position: index} of workspace.touched()) {
    workspace.context.checkpoint?.()
    if (before && after?._type !== before._type) {
      const referrers = store.strongReferrers(id, MAX_REFERRERS)
      if (referrers.length > 0) {
        failed.push({index, error: documentHasExistingReferences(id, referrers)})
      }
    }
    if (!after) continue
    for (const [target, strong] of referencesOf(after).targets) {
      if (!strong) continue
      let found = exists.get(target)
      if (found === undefined) {
        found = store.has(target)
        exists.set(target, found)
      }
      if (!found) failed.push({index, error: documentReferenceDoesNotExist(id, target)})
    }
  }
  return failed
}

/**
 * Strong references of changed documents into other datasets must hold, too. Nothing keeps their
 * targets from being deleted later: then the next change of the document fails, which is why
 * Studios send `skipCrossDatasetReferenceValidation`.
 */
export const brokenElsewhere = ({context, touched}: Workspace): FailedItem[] => {
  const {existsElsewhere} = context
  if (existsElsewhere === undefined) return []
  return touched().flatMap(({id, after, position: index}) =>
    (after === null ? [] : referencesOf(after).elsewhere)
      .filter((reference) => !existsElsewhere(reference))
      .map((reference) => ({index, error: documentReferenceDoesNotExist(id, reference.id)})),
  )
}

/** Releases that the transaction made larger than a release may be. To be called after a flush. */
export const overfullReleases = ({store, touched}: Workspace): FailedItem[] => {
  const grown = new Map<string, number>()
  for (const {id, before, after, position} of touched()) {
    const release = before === null && after !== null ? releaseOf(id) : undefined
    if (release !== undefined) grown.set(release, position)
  }
  return [...grown].flatMap(([release, index]) => {
    const {length} = store.idsWithPrefix(versionPrefix(release))
    if (length <= MAX_RELEASE_DOCUMENTS) return []
    const description = `Release "${release}" has ${length} documents, more than ${MAX_RELEASE_DOCUMENTS}`
    return [{index, error: validationError(description)}]
  })
}
