/** GROQ by itself: text and a source of documents become an exact answer. */
export {isJsonObject, type Json, type JsonObject, type StoredDocument} from './core/document.ts'
export {QueryError} from './core/errors.ts'
export {prepareQuery, type PreparedQuery, runQuery, type RunOptions} from './query/query.ts'
export {memorySource} from './source/memorySource.ts'
export type {DocumentSource} from './source/source.ts'
