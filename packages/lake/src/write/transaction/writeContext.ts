/**
 * What a write needs from its environment: author, clock, ids, permissions, and limits on its time.
 */
import type {JsonObject, StoredDocument} from '../../core/document.ts'
import type {ElsewhereReference} from '../../store/indexes/documentReferences.ts'

export type Permission = 'create' | 'update' | 'delete'

export interface WriteContext {
  /** User id of the sender. */
  readonly author: string
  /** Milliseconds since 1970. */
  now(): number
  /** A new random id for transactions and documents. `_key`s of array elements use its end. */
  newId(): string
  /** Whether the author may do this to the document; absent means everything is allowed. */
  can?(permission: Permission, document: StoredDocument): boolean
  /**
   * Ids of the documents that a mutation by query selects, from the state inside the running
   * transaction. Absent where mutations by query are not supported.
   */
  select?(query: string, params: JsonObject): readonly string[]
  /**
   * Whether the target of a reference into another dataset exists. If absent, targets are not
   * checked; targets in other projects never are.
   */
  existsElsewhere?(reference: ElsewhereReference): boolean
  /** Called often during the transaction; an error it throws ends the transaction. */
  checkpoint?(): void
  /**
   * Called before each document is parsed or stored; an error it throws ends the transaction.
   * @param units Cost, in units of packages/groq/src/execution/budget.ts.
   */
  weigh?(units: number): void
}
