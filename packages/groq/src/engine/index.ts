/**
 * What a store of documents and a server need of the engine, by what they need it for. For a query
 * and documents in memory, see ../index.ts.
 */

/** Queries, from text to answer: prepared once, executed many times. */
export {
  prepareQuery,
  queryKey,
  runQuery,
  runQueryOnJson,
  type JsonResult,
  type PreparedQuery,
  type QueryReport,
  type QueryResult,
  type RunOptions,
} from '../query/query.ts'
export {QueryError} from '../core/errors.ts'
export {optimisationNames, type FastOption, type Optimisation} from '../execution/optimisations.ts'

/** What a store offers to queries; `memorySource` is the smallest one. */
export {accessThrough} from '../source/accessThrough.ts'
export {memorySource} from '../source/memorySource.ts'
export {
  type Access,
  type AccessPaths,
  type DocumentSource,
  type IdRange,
  type OrderedWalk,
  type ReadJson,
  type TokenPattern,
  type ValueRange,
} from '../source/source.ts'

/** Rules that an index must share with the evaluator: the order of strings, and what a word is. */
export {compareText} from '../core/compareText.ts'
export {documentTokens} from '../text/tokens.ts'

/** How much a query may do, counted and stopped; and which queries to execute on another thread. */
export {UNITS_AT_ONCE, createBudget, spend, type Budget} from '../execution/budget.ts'
export {MAX_RESULT_BYTES, QUERY_TIMEOUT} from '../core/limits.ts'
export {isQuicklyParsed} from '../parse/parserLimits.ts'
export {withoutLegacyPipes} from '../parse/queryText.ts'
export {functionNamed} from '../functions/registry.ts'
export {nodesOf} from '../parse/ast.ts'
export {shapeParameters} from '../parse/shapeParameters.ts'

/** What an answer depends on, for caches and sync tags; and filters of listeners. */
export {type Selection} from '../analysis/confinement.ts'
export {prepareDependencies, type Dependencies} from '../analysis/dependencies.ts'
export {keysOf, type KeyScalar} from '../analysis/documentKeys.ts'
export {compileMatcher, type Matcher} from '../analysis/matcher.ts'

/** Which field each part of an answer comes from. */
export {type ArraySteps, type ContentSourceMap} from '../sourceMap/contentSourceMap.ts'
export {sourceMapOf} from '../sourceMap/sourceMapOf.ts'

/** Documents, their ids and versions, and JSON that is sent as it is stored. */
export {isJsonObject, type Json, type JsonObject, type StoredDocument} from '../core/document.ts'
export {
  bundleOf,
  draftId,
  isDraftId,
  isVersionId,
  publishedId,
  releaseDocumentId,
  releaseName,
  releaseOf,
  variantDocumentId,
  variantName,
  versionId,
  versionPrefix,
} from '../core/documentIds.ts'
export {
  documentsSeenThrough,
  isReleaseName,
  type Perspective,
  perspectiveOf,
  standsForDeletion,
} from '../core/perspective.ts'
export {asJsonText, bytesOf, freeBuffer, type JsonText} from '../core/jsonText.ts'
