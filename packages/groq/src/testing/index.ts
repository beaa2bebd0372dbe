/** Random queries and documents, the official suite and its judge: for tests of anything that answers GROQ. */
export {
  compareEngines,
  explain,
  fuzzOptions,
  outcomeOf,
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
