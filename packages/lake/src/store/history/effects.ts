import type {DocumentChange} from '../../core/commit.ts'
import type {JsonObject, StoredDocument} from '../../core/document.ts'
import {encodeMendoza, type MendozaPatch} from './mendoza.ts'

/** A change as mendoza patches, in both directions. */
export interface Effects extends JsonObject {
  readonly apply: MendozaPatch
  readonly revert: MendozaPatch
}

/**
 * What a change did, as listeners and history tell it. `_rev` is left out: a client that applies
 * the effects knows the revision from the event.
 */
export const effectsOf = ({before, after}: Pick<DocumentChange, 'before' | 'after'>): Effects => {
  const left = before && withoutRevision(before)
  const right = after && withoutRevision(after)
  return {apply: encodeMendoza(left, right), revert: encodeMendoza(right, left)}
}

const withoutRevision = ({_rev, ...document}: StoredDocument): JsonObject => document
