/**
 * Every limit of a query, with its source. "Documented" means Sanity's technical limits page
 * (sanity.io/docs/content-lake/technical-limits); "ours" protects one process from one query.
 * Sizes are bytes, times are milliseconds.
 */

const MB = 1024 * 1024

/** Documented: how long a query may run. */
export const QUERY_TIMEOUT = 60_000
/** Documented: characters of a search term in `match` and `text::query`. */
export const MAX_SEARCH_TERM_LENGTH = 1024
/** Ours: words of all the search terms of one `match` together; one term has at most 512. */
export const MAX_SEARCH_WORDS = 1024
/** Ours: the JSON of one query's result. */
export const MAX_RESULT_BYTES = 64 * MB
/** Ours: bytes of strings and arrays that one query may make by joining others. */
export const MAX_JOINED_BYTES = 100 * MB
