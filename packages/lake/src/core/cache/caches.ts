/**
 * All caches of the lake and their bounds. ARCHITECTURE.md ("Caches") says what each one holds and
 * when it is emptied; a test compares the two lists, and both with the code.
 */
import {OPTIMISATIONS, type Optimisation} from '../fast.ts'
import {
  IMAGE_CACHE_BYTES,
  MAX_CACHED_RESULT_BYTES,
  MAX_DOCUMENT_CACHE_BYTES,
  MAX_PLAN_CACHE_BYTES,
  MAX_RESPONSE_CACHE_BYTES,
  MAX_ROW_CACHE_BYTES,
  MAX_TARGET_CACHE_BYTES,
} from '../limits.ts'

const KB = 1024
const MB = 1024 * KB

export interface CacheRules {
  /** Largest size of all entries together; an estimate where they are objects. */
  readonly bytes: number
  /**
   * The share of the space that entries may fill when their key comes for the first time. After that
   * a new key is kept when it comes for the second time, because most keys never come again: an entry
   * evicted unread only adds work for the garbage collector. Infinity keeps every new key.
   */
  readonly forNewKeys: number
}

const rules = (bytes: number, forNewKeys = Infinity): CacheRules => ({bytes, forNewKeys})

/** Caches with a bound, by name. There is one of each for a lake, a dataset or a process. */
export const CACHES = {
  documents: rules(MAX_DOCUMENT_CACHE_BYTES, 1),
  rows: rules(MAX_ROW_CACHE_BYTES, 0),
  results: rules(MAX_CACHED_RESULT_BYTES, 0.5),
  responses: rules(MAX_RESPONSE_CACHE_BYTES, 0),
  plans: rules(MAX_PLAN_CACHE_BYTES, 1),
  targets: rules(MAX_TARGET_CACHE_BYTES),
  statements: rules(4 * MB),
  sources: rules(1 * MB),
  images: rules(IMAGE_CACHE_BYTES),
  routes: rules(256 * KB),
  options: rules(512 * KB),
  scopes: rules(256 * KB),
} as const satisfies Readonly<Record<string, CacheRules>>

export type CacheName = keyof typeof CACHES

/** Whether the cache is an optimisation that can be switched off. */
export const isOptional = (name: CacheName): name is CacheName & Optimisation =>
  Object.hasOwn(OPTIMISATIONS, name)

/** Values that are computed once for an object and live as long as it does: name and object. */
export const OBJECT_CACHES = {
  renamed: 'document',
  events: 'commit',
  commitTags: 'commit',
  guarded: 'source',
} as const

export type ObjectCacheName = keyof typeof OBJECT_CACHES
