/** The interface between queries and stores: documents, and index reads. */
import type {Json, StoredDocument} from '../core/document.ts'
import type {JsonText} from '../core/jsonText.ts'

/**
 * What a store offers to queries: one dataset as one reader sees it through one perspective.
 * Ids are those of the perspective (a draft shown in place of its published document carries the
 * published id, and `_originalId`). Queries never change a document.
 */
export interface DocumentSource {
  /** Every visible document, in `_id` order (by code point), lazily. */
  scan(): Iterable<StoredDocument>
  get(id: string): StoredDocument | undefined
  /** Ways to read fewer documents than a scan; absent where there are only scans. */
  readonly access?: AccessPaths
  /**
   * The same, but with the JSON of documents: for answers that are whole documents. Absent where
   * documents look different from what is stored.
   */
  readonly json?: AccessPaths<ReadJson>
}

/**
 * Reads the JSON of a document, while the iterable that gave it is open. Call it at most once: the
 * caller owns the bytes.
 */
export type ReadJson = () => JsonText

/**
 * Index reads, as the planner requests them. `undefined` means that the source has no index for the
 * request; the planner then chooses another or scans, so a source may begin with nothing and grow. Iterables are lazy (a reader who needs one document reads one) and may be read while
 * others over the same source are open: subqueries nest.
 */
export interface AccessPaths<Item = StoredDocument> {
  /**
   * The candidates of one access, in `_id` order, without repetition. A superset is allowed
   * wherever `Access` does not say exact: the planner evaluates the predicate on each document.
   */
  read(access: Access): Iterable<Item> | undefined
  /**
   * About how many documents `read` would yield; need not be exact, must be cheap (microseconds:
   * stop counting at `atMost`). Asked only where there is a choice between accesses.
   */
  estimate(access: Access, atMost: number): number | undefined
  /** A walk in GROQ order; see OrderedWalk for what must be exact. */
  ordered(walk: OrderedWalk): Iterable<Item> | undefined
  /** Exactly how many visible documents are of the type; of any type when undefined. O(1). */
  count(type?: string): number | undefined
  /** Exactly for how many documents of the type `references(…)` is true for any of the ids. */
  countReferring(ids: readonly string[], type?: string): number | undefined
  /**
   * True while no object with a `_ref` holds another `_ref` inside itself. `references()` does not
   * look inside such objects, so only then is `{by: 'reference'}` exact.
   */
  readonly referencesAreExact: boolean
  /**
   * Exactly how many documents of the type hold every token of one of the alternatives; undefined
   * while the index does not know all documents.
   */
  countTokens?(
    alternatives: readonly (readonly TokenPattern[])[],
    type?: string,
  ): number | undefined
  /** False when no document has an attribute `_score` of its own; else it may have. */
  readonly storesScores?: boolean
}

/**
 * One way to find candidates. `type`, where given, narrows it: exactly, but for tokens, where it may
 * let others pass.
 *
 * Paths are attributes joined by dots: `slug.current`, `publishedAt`. A step ending in `[]` goes
 * into every element of an array: `tags[]`, `authors[].role`; a document is found when any
 * element has the value. The planner never requests attribute names with a dot or a bracket.
 */
export type Access =
  /** Exact. */
  | {readonly by: 'type'; readonly types: readonly string[]}
  /** Exact: `_id` as the perspective shows it. */
  | {readonly by: 'id'; readonly ids: readonly string[]}
  /** Exact: `_id` as the perspective shows it. */
  | {readonly by: 'idRange'; readonly range: IdRange}
  /** `sanity::versionOf(publishedId)`: the published document, its draft, its release versions. */
  | {readonly by: 'versions'; readonly publishedId: string}
  /** `sanity::partOfRelease(release)`: the versions in the release of this name. */
  | {readonly by: 'release'; readonly release: string}
  /** Documents with `_ref` equal to any of the ids, at any depth (see `referencesAreExact`). */
  | {readonly by: 'reference'; readonly to: readonly string[]; readonly type?: string}
  /**
   * Exact, but for null. Documents whose value at the path is one of the values: a string, a finite
   * number (0 and -0 are one), a boolean; null stands for null and for missing. `1`, `"1"` and
   * `true` are different.
   */
  | {
      readonly by: 'value'
      readonly path: string
      readonly values: readonly KeyValue[]
      readonly type?: string
    }
  /** Documents whose value at the path lies in the range and is of the type of its bounds. */
  | {
      readonly by: 'range'
      readonly path: string
      readonly range: ValueRange
      readonly type?: string
    }
  /** Documents whose value at the path is neither missing nor null. */
  | {readonly by: 'defined'; readonly path: string; readonly type?: string}
  /** Documents that hold every one of the tokens (see text/tokens.ts), anywhere in their text. */
  | {readonly by: 'tokens'; readonly tokens: readonly TokenPattern[]; readonly type?: string}

/**
 * Documents of some types in the GROQ order of the value at one path: ascending means numbers,
 * then strings by code point, then booleans (false first), then everything else (missing, null,
 * arrays, objects: all equal). Descending reverses the values; ties are in ascending `_id` order
 * either way. The order is exact, and no document that meets the request is left out.
 */
export interface OrderedWalk {
  /** At least one, each once. */
  readonly types: readonly string[]
  readonly path: string
  readonly direction: 'asc' | 'desc'
  /** Only documents with a `_ref` equal to any of these ids, at any depth. */
  readonly refersTo?: readonly string[]
  /** Only documents whose value lies in the range (or, 'defined', is not missing or null). */
  readonly within?: ValueRange | 'defined'
  /** Leaves out this many documents at the beginning, without reading them. */
  readonly skip?: number
}

export type KeyValue = Extract<Json, string | number | boolean | null>

export interface IdRange {
  /** Inclusive; undefined for no bound. */
  readonly from?: string
  /** Exclusive; undefined for no bound. */
  readonly to?: string
}

/** Bounds are both strings (compared by code point) or both numbers; at least one is given. */
export interface ValueRange {
  readonly from?: string | number
  readonly to?: string | number
  readonly fromInclusive: boolean
  readonly toInclusive: boolean
}

/** A folded token (see text/tokens.ts), or the beginning of one. */
export interface TokenPattern {
  readonly text: string
  readonly prefix: boolean
}
