import type {RowReader} from '../caches/rememberedRows.ts'
import type {Counters} from '../file/counters.ts'
import type {Demand} from './demand.ts'
import type {IndexFor} from './indexFor.ts'
import type {Terms} from './words/terms.ts'
import type {TokenIndex} from './words/tokenIndex.ts'

/** The indexes of a dataset, for whoever reads from them. */
export interface AccessContext {
  readonly connection: RowReader
  readonly counters: Counters
  readonly terms: Terms
  readonly indexFor: IndexFor
  readonly tokens: TokenIndex
  readonly demand: Demand
}
