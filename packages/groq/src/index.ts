/**
 * GROQ by itself: a query and documents become an exact answer. For a store with indexes of its own,
 * see ./engine/index.ts; for tests of anything that answers GROQ, ./testing/index.ts.
 */
export {
  createMemorySource,
  type MemorySourceOptions,
  type QueryDocument,
} from './api/createMemorySource.ts'
export {
  evaluate,
  parse,
  type EvaluateOptions,
  type ParseOptions,
  type ParsedQuery,
} from './api/evaluate.ts'
export {
  explain,
  type DocumentRead,
  type Explanation,
  type QueryDependencies,
} from './api/explain.ts'
export type {Json, JsonObject, StoredDocument} from './core/document.ts'
export {QueryError} from './core/errors.ts'
export type {PerspectiveName} from './core/perspective.ts'
export type {
  Access,
  AccessPaths,
  DocumentSource,
  IdRange,
  KeyValue,
  OrderedWalk,
  TokenPattern,
  ValueRange,
} from './source/source.ts'
