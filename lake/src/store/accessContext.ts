import type {Counters} from './counters.ts'
import type {Demand} from './demand.ts'
import type {IndexFor} from './indexFor.ts'
import type {RowReader} from './rememberedRows.ts'
import type {Terms} from './terms.ts'
import type {TokenIndex} from './tokenIndex.ts'

/** The indexes of a dataset, for whoever reads from them. */
export interface AccessContext {
  readonly connection: RowReader
  readonly counters: Counters
  readonly terms: Terms
  readonly indexFor: IndexFor
  readonly tokens: TokenIndex
  readonly demand: Demand
}
