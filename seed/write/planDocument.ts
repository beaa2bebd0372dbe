/**
 * What an import would do to each document of a story, given what is in the dataset. Nothing that
 * is there is touched, unless the user asks for the source’s word: then the fields that differ are
 * set to it, and every other field stays.
 */
import {isDeepStrictEqual} from 'node:util'

import type {SeedDocument} from '../model/seedDocument.ts'
import type {StoredDocument} from './datasetState.ts'

/** The names of the import’s own transactions begin with this; so do the `_rev`s they leave. */
export const TRANSACTION_PREFIX = 'seed-'

export type Outcome = 'created' | 'unchanged' | 'replaced' | 'kept'

/**
 * Why a document was kept although it differs. `edited`: changed since an import wrote it, or
 * being changed in a draft. `unpublished`: only a draft is left. `earlierImport`: as another
 * import wrote it. `otherType`: its id belongs to a document of another type.
 */
export type KeptReason = 'edited' | 'unpublished' | 'earlierImport' | 'otherType'

export interface DocumentPlan {
  readonly document: SeedDocument
  readonly outcome: Outcome
  readonly reason?: KeptReason
  /** The fields in which the dataset differs from the source. */
  readonly fields?: readonly string[]
  /** The revision the plan was made on; undefined where the dataset has no such document. */
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
 * Fields of the import that the dataset has otherwise. A slug once given is an address that may
 * have been linked to: it is never one of them.
 */
function differingFields(document: SeedDocument, stored: StoredDocument): string[] {
  return Object.entries(document)
    .filter(([field, value]) => !isDeepStrictEqual(stored[field], value))
    .map(([field]) => field)
    .filter((field) => field !== 'slug' || stored['slug'] === undefined)
}
