import {Mutation} from '@sanity/mutator'

import {newsroomDocuments, type TestDocument} from './documents.ts'

/** A change to one document of the newsroom. */
export interface Change {
  readonly document: string
  readonly set?: Record<string, unknown>
  readonly unset?: readonly string[]
}

/** A change and the one finding that our schema reports for it. */
export interface Case extends Change {
  /** The path of the field with the finding. */
  readonly at: string
  readonly says: string
  /** Findings of Sanity's own rules. */
  readonly platformSays?: readonly string[]
}

/** The document after the change. */
export const changed = ({document, set = {}, unset = []}: Change): TestDocument => {
  const original = newsroomDocuments.find(({_id}) => _id === document)
  const patched = new Mutation({
    mutations: [{patch: {id: document, set, unset: [...unset]}}],
  }).apply(original ?? null)
  if (!patched) throw new Error(`There is no document ${document} to change.`)
  return patched
}
