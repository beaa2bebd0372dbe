/** Short documents, and answers over them, for tests of this package. */
import type {Json, StoredDocument} from '../core/document.ts'
import {Scalar} from '../core/value.ts'
import type {FastOption} from '../execution/optimisations.ts'
import {prepareQuery, runQuery} from '../query/query.ts'
import type {RunOptions} from '../query/query.ts'
import {memorySource} from '../source/memorySource.ts'

export interface TestDocument {
  readonly _id: string
  readonly [field: string]: unknown
}

export const documentsFrom = (documents: readonly TestDocument[]): StoredDocument[] =>
  JSON.parse(JSON.stringify(documents.map((document) => ({...systemFields, ...document}))))

const systemFields = {
  _type: 'test',
  _rev: 'r',
  _createdAt: '2024-01-01T00:00:00Z',
  _updatedAt: '2024-01-01T00:00:00Z',
}

/** The answer to a query over documents that need only the fields which matter. */
export const answer = (
  query: string,
  documents: readonly TestDocument[] = [],
  options: Partial<RunOptions> = {},
): Json => plainAnswer(query, {source: memorySource(documentsFrom(documents)), ...options})

/**
 * The answer to a query; fails if it holds a datetime or another value that is not JSON.
 * @param fast False for an answer without optimisations.
 */
export const plainAnswer = (query: string, options: RunOptions, fast: FastOption = true): Json => {
  const {value} = runQuery(prepareQuery(query, options.params, {fast}), options)
  assertPlain(value)
  return value
}

const assertPlain = (value: unknown): void => {
  if (value instanceof Scalar)
    throw new Error(`The answer holds ${String(value)}, which is not JSON`)
  if (typeof value === 'object' && value !== null) Object.values(value).forEach(assertPlain)
}
