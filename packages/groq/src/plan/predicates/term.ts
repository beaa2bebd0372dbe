/** The type of a condition that an index helps with. */
import type {ExprNode} from 'groq-js'

import type {Value} from '../../core/value.ts'
import type {Compiler, Evaluate} from '../../execution/compiler.ts'
import type {Scope} from '../../execution/execution.ts'
import type {Access, AccessPaths} from '../../source/source.ts'

/** A condition that an index can help with: it names the documents that can meet it. */
export interface Term {
  readonly selectivity: Selectivity
  /** It says of which types the documents are, and nothing else. */
  readonly confinesType?: boolean
  /**
   * Accesses that together yield every document that meets the condition: none, when none can;
   * undefined when the index cannot find values of this kind.
   * @param scope Of an element of the filter, but with null for `@`: terms do not read it.
   * @param type Of all documents that pass the filter, where known.
   */
  accesses(scope: Scope, type: string | undefined): readonly Access[] | undefined
  readonly counter?: Counter
  /** Whether the accesses yield no document that fails the condition; if missing, they may. */
  isExact?(paths: AnyPaths, accesses: readonly Access[]): boolean
}

/** An index that counts the documents that meet a condition, without reading them. */
export interface Counter {
  /** What it counts, for explain. */
  readonly what: string
  /** Exactly how many of the type there are; undefined where the index does not know. */
  count(paths: AnyPaths, scope: Scope, type: string | undefined): number | undefined
}

/** Access paths, whatever they give of a document. */
export type AnyPaths = Omit<AccessPaths, 'read' | 'ordered'>

/** From the fewest expected documents to the most; where it matters, they are counted. */
export const selectivities = [
  'id',
  'versions',
  'value',
  'words',
  'range',
  'defined',
  'type',
] as const
export type Selectivity = (typeof selectivities)[number]

/** What recognisers examine a condition with. */
export interface Recognition {
  /** The compiler for expressions in the filter. */
  readonly compiler: Compiler
  /** The compiled expression, if it does not read the document that is being filtered. */
  comparand(node: ExprNode): Evaluate | undefined
  /** What an index can do for a condition inside another one. */
  recognise(condition: ExprNode): Term | undefined
}

/** One kind of condition; undefined where it is of another kind. */
export type Recogniser = (condition: ExprNode, recognition: Recognition) => Term | undefined

export const nothing: readonly Access[] = []

/**
 * Whether a stored document can hold the value. Half of a surrogate pair is replaced by U+FFFD when
 * a document is written, and again on its way into SQLite: an index would find the
 * documents that hold U+FFFD, which is another string.
 */
export const canBeStored = (value: Value): boolean =>
  typeof value !== 'string' || value.isWellFormed()
