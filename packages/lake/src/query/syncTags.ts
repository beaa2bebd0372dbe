import {hash} from 'node:crypto'

import {type Selection, type KeyScalar, keysOf} from '@copydesk/groq/engine'

import type {Commit} from '../core/commit.ts'
import type {StoredDocument} from '../core/document.ts'
import {publishedId} from '../core/ids.ts'
import {memoise} from '../core/memoise.ts'
import type {AnswerDependencies} from './runPlan.ts'

/**
 * Tags by which front ends keep answers: a commit names the tags of every answer that it may have
 * changed. Both are derived from the query and from the documents alone, so answers that a front
 * end has kept for days are found whatever became of the lake meanwhile. Tags are short, and
 * opaque to clients.
 *
 * An answer depends on documents by id, by type, or by type and the value at a path (`slug.current`)
 * or a reference. A document has the tags of its id, of its type, and of each value and reference
 * in it; a commit has those of its documents, before and after.
 */
const named = (...parts: readonly KeyScalar[]): string => JSON.stringify(parts)

const ofDocument = (id: string): string => named('document', id)
const ofType = (type: string): string => named('type', type)
const ofKey = (type: string, path: string, value: KeyScalar): string =>
  named('key', type, path, value)
const ofReference = (type: string, id: string): string => named('reference', type, id)
/** Of all answers by key or reference: named for a document that has too many to name each. */
const ofAnyKey = (type: string): string => named('any key', type)

const tagOf = (name: string): string => `s1:${hash('sha256', name, 'base64url').slice(0, 10)}`
const tagsOf = (names: Iterable<string>): readonly string[] => Array.from(names, tagOf)

/** Named for nearly every answer. */
const tagOfAnyKey = memoise((type: string) => tagOf(ofAnyKey(type)), 32)

/** Of answers that any document may change. */
const EVERYTHING = 's1:everything'
/** Of all answers: named for a commit that has too many tags to name each. */
const ANYTHING = 's1:anything'

/** What is told when it is not known, or too much to say, what has changed. */
export const TAGS_OF_ALL = [ANYTHING]

/** Next.js takes no more than 128 tags for an answer, and `next-sanity` adds a few. */
const MAX_ANSWER_TAGS = 100
const MAX_COMMIT_TAGS = 1000

export const syncTagsOf = (dependencies: AnswerDependencies): readonly string[] => {
  const {everything, types, ids, selections} = dependencies
  if (everything) return [EVERYTHING, ANYTHING]
  const narrow = new Set<string>()
  for (const selection of selections) addTags(narrow, selection)
  if (narrow.size === 0) return []
  if (narrow.size < MAX_ANSWER_TAGS) return [...narrow, ANYTHING]
  const wide = new Set([...types.map(ofType), ...ids.map(ofDocument)])
  return wide.size < MAX_ANSWER_TAGS ? [...tagsOf(wide), ANYTHING] : [EVERYTHING, ANYTHING]
}

/** Adds no more than are of use: a name costs a digest. */
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
 * The tags of all answers that a commit may have changed.
 * @param hiddenBy What a draft or version hides from those who see it instead, or shows again: the
 *   other documents of its group.
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
