import {Mutation} from '@sanity/mutator'

import {newsroomDocuments, type TestDocument} from './documents.ts'

/** A change to one document of the newsroom. */
export interface Change {
  readonly document: string
  readonly set?: Record<string, unknown>
  readonly unset?: readonly string[]
}

/** A change, and the one thing our schema says about it. */
export interface Case extends Change {
  /** The path of the field that is marked. */
  readonly at: string
  readonly says: string
  /** What Sanity adds in words of its own. */
  readonly platformSays?: readonly string[]
}

/** The document as the change leaves it. */
export const changed = ({document, set = {}, unset = []}: Change): TestDocument => {
  const original = newsroomDocuments.find(({_id}) => _id === document)
  const patched = new Mutation({
    mutations: [{patch: {id: document, set, unset: [...unset]}}],
  }).apply(original ?? null)
  if (!patched) throw new Error(`There is no document ${document} to change.`)
  return patched
}
