/**
 * Checks at the end of a transaction: strong references have targets, nothing refers to deleted
 * documents, and releases are not too large.
 */
import {
  documentHasExistingReferences,
  documentReferenceDoesNotExist,
  type FailedItem,
  validationError,
} from '../../core/errors.ts'
import {versionPrefix} from '../../core/ids.ts'
import {MAX_RELEASE_DOCUMENTS} from '../../core/limits.ts'
import {releaseHolding, scopesOfRelease} from '../../core/variants.ts'
import {referencesOf} from '../../store/indexes/documentReferences.ts'
import type {Workspace} from './workspace.ts'

/** How many referring documents an error lists. */
const MAX_REFERRERS = 100

/**
 * Strong references must be valid at the end of the transaction, not during it: every target of a
 * changed document exists, and no strong reference points to a document that was deleted or changed
 * its type. Call it after `flush`.
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
 * Strong references of changed documents into other datasets must have targets too. Such a target can
 * be deleted later, and then the next change of the document fails. That is why Studios send
 * `skipCrossDatasetReferenceValidation`.
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

/** Releases to which the transaction added too many documents. Call it after `flush`. */
export const overfullReleases = ({store, touched}: Workspace): FailedItem[] => {
  const grown = new Map<string, number>()
  for (const {before, after, position} of touched()) {
    const release = before === null && after !== null ? releaseHolding(after) : undefined
    if (release !== undefined) grown.set(release, position)
  }
  return [...grown].flatMap(([release, index]) => {
    const length = scopesOfRelease(release, store.idsWithPrefix).reduce(
      (sum, scope) => sum + store.idsWithPrefix(versionPrefix(scope)).length,
      0,
    )
    if (length <= MAX_RELEASE_DOCUMENTS) return []
    const description = `Release "${release}" has ${length} documents, more than ${MAX_RELEASE_DOCUMENTS}`
    return [{index, error: validationError(description)}]
  })
}
