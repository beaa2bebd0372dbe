/**
 * Decides what an import does to each document of a story, given the dataset. Existing documents
 * are not changed, unless the user asks to replace: then the fields that differ are set to the
 * source’s values, and all other fields stay.
 */
import {isDeepStrictEqual} from 'node:util'

import type {SeedDocument} from '../model/seedDocument.ts'
import type {StoredDocument} from './datasetState.ts'

/** The prefix of the import’s transaction ids, and so of the `_rev`s that they leave. */
export const TRANSACTION_PREFIX = 'seed-'

export type Outcome = 'created' | 'unchanged' | 'replaced' | 'kept'

/**
 * Why a document was kept although it differs. `edited`: changed since an import wrote it, or in a
 * draft. `unpublished`: only a draft is left. `earlierImport`: an earlier import wrote it
 * differently. `otherType`: a document of another type has its id.
 */
export type KeptReason = 'edited' | 'unpublished' | 'earlierImport' | 'otherType'

export interface DocumentPlan {
  readonly document: SeedDocument
  readonly outcome: Outcome
  readonly reason?: KeptReason
  /** The fields in which the dataset differs from the source. */
  readonly fields?: readonly string[]
  /** The revision that was compared; undefined if the dataset has no such document. */
  readonly revision?: string
}

export function planDocument(
  document: SeedDocument,
  stored: StoredDocument | undefined,
  hasDraft: boolean,
  replace: boolean,
): DocumentPlan {
  if (!stored) {
    return hasDraft && !replace
      ? {document, outcome: 'kept', reason: 'unpublished'}
      : {document, outcome: 'created'}
  }
  const revision = stored._rev
  if (stored._type !== document._type) {
    return {document, outcome: 'kept', reason: 'otherType', revision}
  }
  const fields = differingFields(document, stored)
  if (fields.length === 0) return {document, outcome: 'unchanged', revision}
  if (replace) return {document, outcome: 'replaced', fields, revision}
  const edited = hasDraft || !revision.startsWith(TRANSACTION_PREFIX)
  const reason = edited ? 'edited' : 'earlierImport'
  return {document, outcome: 'kept', reason, fields, revision}
}

/**
 * The plans of a story that are carried out. For an article that is kept as it is, names that only
 * the new reading of its source produces are left out, because nothing would refer to them.
 */
export function neededPlans(plans: readonly DocumentPlan[]): readonly DocumentPlan[] {
  const article = plans.find(({document}) => document._type === 'article')
  if (article?.outcome !== 'kept') return plans
  return plans.filter(({document, outcome}) => outcome !== 'created' || !NAMES.has(document._type))
}

/** Types of documents that stories share. */
export const NAMES: ReadonlySet<string> = new Set(['topic', 'author', 'credit'])

/**
 * The fields that differ in the dataset. A slug is never one of them once set, because others may
 * have linked to it.
 */
function differingFields(document: SeedDocument, stored: StoredDocument): string[] {
  return Object.entries(document)
    .filter(([field, value]) => !isDeepStrictEqual(stored[field], value))
    .map(([field]) => field)
    .filter((field) => field !== 'slug' || stored['slug'] === undefined)
}
