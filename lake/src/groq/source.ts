import type {Json, StoredDocument} from '../document.ts'

/**
 * One dataset as one reader sees it through one perspective: all that a query may read.
 * Ids are those of the perspective (a draft shown in place of its published document carries the
 * published id, and `_originalId`). Documents come frozen or are treated as such.
 */
export interface DocumentSource {
  /** Every visible document, in `_id` order (by code point), lazily. */
  scan(): Iterable<StoredDocument>
  get(id: string): StoredDocument | undefined
  /** Several documents in as few reads as possible; ids that are not visible are left out. */
  getMany(ids: readonly string[]): ReadonlyMap<string, StoredDocument>
  /** Ways to read fewer documents than a scan; absent where there are only scans. */
  readonly access?: AccessPaths
}

/**
 * Index reads. Each returns a superset-or-exact set as documented, in `_id` order unless it says
 * otherwise, lazily, so that a reader who needs one document reads one.
 * A method answers undefined when it has no index for the request: choose another or scan.
 */
export interface AccessPaths {
  /** Visible documents of the type; undefined `type` counts all. Exact, and O(1) where possible. */
  count(type?: string): number | undefined
  byType(types: readonly string[]): Iterable<StoredDocument>
  byId(ids: readonly string[]): Iterable<StoredDocument>
  byIdRange(range: IdRange): Iterable<StoredDocument>
  /** Exact: documents for which `references(id)` is true for any of the ids. */
  referring(ids: readonly string[], type?: string): Iterable<StoredDocument>
  /** Upper bound of what `referring` yields. */
  countReferring(ids: readonly string[], type?: string): number
  /** Documents whose value at the path equals one of the values exactly (type and value). */
  byValue(
    path: string,
    values: readonly KeyValue[],
    type?: string,
  ): Iterable<StoredDocument> | undefined
  /** Documents whose value at the path lies in the range (values of the range's own type). */
  byRange(path: string, range: ValueRange, type?: string): Iterable<StoredDocument> | undefined
  /** Exact walk in GROQ order of one path, ties in `_id` order; every document of the type is in it. */
  ordered(
    path: string,
    direction: 'asc' | 'desc',
    type: string,
  ): Iterable<StoredDocument> | undefined
  /** As `ordered`, restricted to documents that refer to `id`. */
  referringOrdered(
    id: string,
    path: string,
    direction: 'asc' | 'desc',
    type: string,
  ): Iterable<StoredDocument> | undefined
  /** Superset of the documents that hold, anywhere in their strings, all the tokens. */
  byTokens(tokens: readonly TokenPattern[], type?: string): Iterable<StoredDocument> | undefined
}

export type KeyValue = Extract<Json, string | number | boolean | null>

export interface IdRange {
  /** Inclusive; undefined for no bound. */
  readonly from?: string
  /** Exclusive; undefined for no bound. */
  readonly to?: string
}

export interface ValueRange {
  readonly from?: string | number
  readonly to?: string | number
  readonly fromInclusive: boolean
  readonly toInclusive: boolean
}

/** A lower-cased token, or the beginning of one. */
export interface TokenPattern {
  readonly text: string
  readonly prefix: boolean
}
