/** Room api: the public functions of the package. This file: documents in memory, for queries. */
import type {StoredDocument} from '../core/document.ts'
import {documentsSeenThrough, perspectiveOf, type PerspectiveName} from '../core/perspective.ts'
import {memorySource} from '../source/memorySource.ts'
import type {DocumentSource} from '../source/source.ts'

/** A document to query: any JSON object with an `_id`. */
export type QueryDocument =
  | {readonly _id: string}
  | {readonly _id: string; readonly [attribute: string]: unknown}

export interface MemorySourceOptions {
  /**
   * Which version of each document queries see; `raw` unless given. A list names layers, the one
   * that wins first: `['rSummer', 'drafts']`.
   */
  readonly perspective?: PerspectiveName | undefined
}

/**
 * Documents in memory, for queries. They are copied as JSON, so later changes to them do not show:
 * make the source once and evaluate as many queries over it as you like. Of two documents with the
 * same `_id` the first one counts.
 *
 * @example
 * const source = createMemorySource(documents, {perspective: 'drafts'})
 * evaluate('*[_type == "article"]', {source})
 *
 * @throws TypeError for a document without an `_id`, and for a name that is not a perspective.
 */
export const createMemorySource = (
  documents: Iterable<QueryDocument>,
  {perspective = 'raw'}: MemorySourceOptions = {},
): DocumentSource => {
  const copies = Array.from(documents, copyOf)
  return memorySource(documentsSeenThrough(perspectiveOf(perspective), copies))
}

const copyOf = (document: QueryDocument, index: number): StoredDocument => {
  if (typeof document !== 'object' || document === null || typeof document._id !== 'string') {
    throw new TypeError(`documents[${index}] must be an object whose "_id" is a string.`)
  }
  return JSON.parse(JSON.stringify(document))
}
