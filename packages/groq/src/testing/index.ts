/**
 * For tests of anything that answers GROQ: random queries and documents, the official suite and its
 * judge, and parts of the engine that only the tests of a store use.
 */
export {createOrigins} from '../sourceMap/origins.ts'
export {traceQuery} from '../sourceMap/sourceMapOf.ts'
export {writeSourceMap} from '../sourceMap/contentSourceMap.ts'
export {scopedToken, tokenize} from '../text/tokens.ts'
export {totalCompare} from '../values/compare.ts'
export {
  compareEngines,
  explain,
  fuzzOptions,
  outcomeOf,
  PLANTED_FAULT,
  SEARCHES,
  type Case,
  type SearchOptions,
} from '../spec/fuzz/compareEngines.ts'
export {randomFrom, type Random} from '../spec/fuzz/random.ts'
export {ids, names, randomDocuments, types, words} from '../spec/fuzz/randomDocuments.ts'
export {params, randomQuery, randomQueryForDocuments} from '../spec/fuzz/randomQueries.ts'
export {
  complaintAbout,
  readOfficialSuite,
  type SuiteAnswer,
  type SuiteTest,
} from '../spec/officialSuite.ts'
export {documentsFrom} from '../spec/testDocuments.ts'
