/**
 * Sync tags of live content: a query result has tags, and a commit names the tags of every result
 * that it may have changed. Both follow from the query and the documents alone, so front ends that
 * keep results for days need not know whether the lake was restarted. Clients treat tags as opaque.
 */
import {hash} from 'node:crypto'

import {type Selection, type KeyScalar, keysOf} from '@copydesk/groq/engine'

import type {Commit} from '../core/commit.ts'
import type {StoredDocument} from '../core/document.ts'
import {publishedId} from '../core/ids.ts'
import type {ResultDependencies} from './runQueryPlan.ts'

/**
 * A result depends on documents by id, by type, or by type and a value at a path (`slug.current`) or
 * a reference. A document has the tags of its id, its type, and each value and reference in it; a
 * commit has those of its documents, before and after.
 */
const named = (...parts: readonly KeyScalar[]): string => JSON.stringify(parts)

const ofDocument = (id: string): string => named('document', id)
const ofType = (type: string): string => named('type', type)
const ofKey = (type: string, path: string, value: KeyScalar): string =>
  named('key', type, path, value)
const ofReference = (type: string, id: string): string => named('reference', type, id)
/** Of all results by value or reference, for documents with too many values to list each. */
const ofAnyKey = (type: string): string => named('any key', type)

const tagOf = (name: string): string => `s1:${hash('sha256', name, 'base64url').slice(0, 10)}`
const tagsOf = (names: Iterable<string>): readonly string[] => Array.from(names, tagOf)

const tagOfAnyKey = (type: string): string => tagOf(ofAnyKey(type))

/** The tag of results that any document may change. */
const EVERYTHING = 's1:everything'
/** The tag of all results, for commits with too many tags to list each. */
const ANYTHING = 's1:anything'

/** The tags to send when the changes are unknown or too many. */
export const TAGS_OF_ALL = [ANYTHING]

/** Next.js accepts at most 128 tags for a response, and `next-sanity` adds a few. */
const MAX_ANSWER_TAGS = 100
const MAX_COMMIT_TAGS = 1000

export const syncTagsOf = (dependencies: ResultDependencies): readonly string[] => {
  const {everything, types, ids, selections} = dependencies
  if (everything) return [EVERYTHING, ANYTHING]
  const narrow = new Set<string>()
  for (const selection of selections) addTags(narrow, selection)
  if (narrow.size === 0) return []
  if (narrow.size < MAX_ANSWER_TAGS) return [...narrow, ANYTHING]
  const wide = new Set([...types.map(ofType), ...ids.map(ofDocument)])
  return wide.size < MAX_ANSWER_TAGS ? [...tagsOf(wide), ANYTHING] : [EVERYTHING, ANYTHING]
}

/** Adds tags up to the limit only, because each costs a hash. */
const addTags = (tags: Set<string>, selection: Selection): void => {
  const add = (name: string): void => {
    if (tags.size < MAX_ANSWER_TAGS) tags.add(tagOf(name))
  }
  switch (selection.by) {
    case 'id':
      for (const id of selection.ids) add(ofDocument(id))
      break
    case 'type':
      for (const type of selection.types) add(ofType(type))
      break
    case 'key':
      for (const type of selection.types) {
        tags.add(tagOfAnyKey(type))
        for (const value of selection.values) add(ofKey(type, selection.path, value))
      }
      break
    case 'reference':
      for (const type of selection.types) {
        tags.add(tagOfAnyKey(type))
        for (const id of selection.ids) add(ofReference(type, id))
      }
  }
}

/**
 * The tags of all results that a commit may have changed.
 * @param hiddenBy Returns the documents that a draft or version hides in some perspectives: the other
 *   documents of its group.
 */
export const syncTagsOfCommit = (
  {changes}: Pick<Commit, 'changes'>,
  hiddenBy: (id: string) => Iterable<StoredDocument>,
): readonly string[] => {
  const names = new Set<string>()
  for (const {id, before, after} of changes) {
    names.add(ofDocument(publishedId(id)))
    for (const document of [before, after, ...hiddenBy(id)]) {
      if (document) for (const name of namesOfDocument(document)) names.add(name)
    }
    if (names.size > MAX_COMMIT_TAGS) return TAGS_OF_ALL
  }
  return [EVERYTHING, ...tagsOf(names)]
}

const namesOfDocument = (document: StoredDocument): readonly string[] => {
  const {_type: type} = document
  const known = keysOf(document)
  if (!known) return [ofType(type), ofAnyKey(type)]
  return [
    ofType(type),
    ...known.keys.map(({path, value}) => ofKey(type, path, value)),
    ...[...known.references].map((id) => ofReference(type, id)),
  ]
}
