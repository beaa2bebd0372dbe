/**
 * What a store of documents and a server need of the engine: plans, access paths, budgets, words,
 * and the rules that an index must share with the evaluator. For a query alone, see ../index.ts.
 */
export {type Selection} from '../analysis/confinement.ts'
export {prepareDependencies, type Dependencies} from '../analysis/dependencies.ts'
export {keysOf, type KeyScalar} from '../analysis/documentKeys.ts'
export {compileMatcher, type Matcher} from '../analysis/matcher.ts'
export {freeBuffer} from '../core/jsonText.ts'
export {asJsonText, bytesOf, type JsonText} from '../core/jsonText.ts'
export {functionNamed} from '../functions/registry.ts'
export {nodesOf} from '../parse/ast.ts'
export {isQuicklyParsed} from '../parse/parserLimits.ts'
export {shapeParameters} from '../parse/shapeParameters.ts'
export {accessThrough} from '../source/accessThrough.ts'
export {UNITS_AT_ONCE, createBudget, spend, type Budget} from '../execution/budget.ts'
export {
  prepareQuery,
  queryKey,
  runQuery,
  runQueryOnJson,
  type QueryResult,
  type JsonResult,
  type PreparedQuery,
  type QueryReport,
  type RunOptions,
} from '../query/query.ts'
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
export {
  writeSourceMap,
  type ArraySteps,
  type ContentSourceMap,
} from '../sourceMap/contentSourceMap.ts'
export {createOrigins} from '../sourceMap/origins.ts'
export {sourceMapOf, traceQuery} from '../sourceMap/sourceMapOf.ts'
export {documentTokens, scopedToken, tokenize} from '../text/tokens.ts'
export {compareText} from '../core/compareText.ts'
export {totalCompare} from '../values/compare.ts'
export {
  bundleOf,
  draftId,
  isDraftId,
  isVersionId,
  publishedId,
  releaseDocumentId,
  releaseName,
  releaseOf,
  versionId,
  versionPrefix,
} from '../core/documentIds.ts'
export {isJsonObject, type Json, type JsonObject, type StoredDocument} from '../core/document.ts'
export {QueryError} from '../core/errors.ts'
export {MAX_RESULT_BYTES, QUERY_TIMEOUT} from '../core/limits.ts'
