import type {JsonObject, StoredDocument} from '../../core/document.ts'
import type {ElsewhereReference} from '../../store/indexes/documentReferences.ts'

export type Permission = 'create' | 'update' | 'delete'

/** What a write needs from around it. */
export interface WriteContext {
  /** User id of whoever sends it. */
  readonly author: string
  /** Milliseconds since 1970. */
  now(): number
  /** A new random id: for transactions and documents. Its end makes the `_key`s of array elements. */
  newId(): string
  /** Whether the author may do this to the document; absent means yes, to everything. */
  can?(permission: Permission, document: StoredDocument): boolean
  /**
   * Ids of the documents that a mutation by query is for, among all documents as they are inside
   * the running transaction. Absent where nobody can send such mutations.
   */
  select?(query: string, params: JsonObject): readonly string[]
  /**
   * Whether the target of a reference into another dataset exists; absent, nobody can know, as for
   * another project's.
   */
  existsElsewhere?(reference: ElsewhereReference): boolean
  /** Called again and again while the transaction is made; what it throws ends the transaction. */
  checkpoint?(): void
  /**
   * Told of each document before it is parsed, and before it is stored; what it throws ends the
   * transaction.
   * @param units As in packages/groq/src/execution/budget.ts.
   */
  weigh?(units: number): void
}
