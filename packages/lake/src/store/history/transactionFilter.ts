/** Which transactions of the history a reader wants, and the SQL that selects them. */
import {idPartsOf} from '../documents/idParts.ts'

/** Times and sequences are inclusive; absent means unbounded. */
export interface TransactionFilter {
  /** Transactions that changed one of these documents. */
  readonly documentIds?: readonly string[]
  /** Transactions that changed a document of one of these groups: the published one, its draft, its versions. */
  readonly groups?: readonly string[]
  readonly authors?: readonly string[]
  readonly fromTime?: string
  readonly toTime?: string
  readonly fromSequence?: number
  readonly toSequence?: number
  readonly reverse?: boolean
  readonly limit?: number
}

const list = (items: readonly string[] | undefined): string | undefined =>
  items && JSON.stringify(items)

/** The conditions of a filter, over `transaction_log AS t`. Lists are bound as one JSON value. */
export const filterSql = (
  filter: TransactionFilter,
): {sql: string; values: (string | number)[]} => {
  const conditions = ['1']
  const values: (string | number)[] = []
  const where = (condition: string, value: string | number | undefined): void => {
    if (value === undefined) return
    conditions.push(condition)
    values.push(value)
  }
  where('t.sequence >= ?', filter.fromSequence)
  where('t.sequence <= ?', filter.toSequence)
  where('t.timestamp >= ?', filter.fromTime)
  where('t.timestamp <= ?', filter.toTime)
  where('t.author IN (SELECT value FROM json_each(?))', list(filter.authors))
  where(
    't.sequence IN (SELECT sequence FROM change WHERE grp IN (SELECT value FROM json_each(?)))',
    list(filter.groups),
  )
  if (filter.documentIds) {
    where(
      't.sequence IN (SELECT sequence FROM change WHERE grp IN (SELECT value FROM json_each(?))',
      list(filter.documentIds.map((id) => idPartsOf(id).group)),
    )
    where('layer || grp IN (SELECT value FROM json_each(?)))', list(filter.documentIds))
  }
  return {sql: conditions.join(' AND '), values}
}
