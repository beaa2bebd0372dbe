/**
 * Checks that what an open dataset holds in memory (documents, numbers, counters, indexes) agrees
 * with its file. For tests.
 */
import type {SerializedAttributes} from '../documents/attributes.ts'
import {idPartsOf} from '../documents/idParts.ts'
import type {Shown} from '../fast/documentCache.ts'
import {type Connection, numberOf, textOf} from '../file/sqliteConnection.ts'
import {createValueIndexes, type ValueIndex} from '../indexes/values/valueIndexes.ts'

/** What an open dataset holds in memory of its file. */
export interface StoreMemory {
  readonly revision: number
  /** Parsed documents by id. */
  readonly documentTable: Iterable<readonly [string, Shown]>
  /** Numbers of the targets of references. */
  readonly targetNumbers: Iterable<readonly [string, number]>
  readonly attributes: SerializedAttributes | undefined
  readonly unwrittenCounters: number
  readonly valueIndexes: readonly ValueIndex[]
  readonly isInTransaction: boolean
}

/**
 * @param connection To the same file, while nothing is being written.
 * @returns A message for each difference.
 */
export const checkMemory = (memory: StoreMemory, connection: Connection): readonly string[] => {
  const wrong: string[] = []
  const last = connection.one('SELECT coalesce(max(sequence), 0) FROM transaction_log')
  if (memory.isInTransaction) wrong.push('A transaction is open.')
  if (memory.unwrittenCounters > 0) wrong.push('Counters wait to be written.')
  if (memory.revision !== numberOf(last?.[0])) {
    wrong.push(`The revision is ${memory.revision}, in the file ${numberOf(last?.[0])}.`)
  }
  for (const [id, {document, hidden}] of memory.documentTable) {
    const {layer, group} = idPartsOf(id)
    const row = connection.one(
      'SELECT json, hidden FROM document JOIN body USING (number) WHERE grp = ? AND layer = ?',
      group,
      layer,
    )
    if (!row) wrong.push(`${id} is in memory, but not in the file.`)
    else if (textOf(row[0]) !== JSON.stringify(document) || row[1] !== Number(hidden)) {
      wrong.push(`${id} in memory differs from the file.`)
    }
  }
  for (const [id, number] of memory.targetNumbers) {
    const row = connection.one('SELECT text FROM term WHERE number = ?', number)
    if (row?.[0] !== id) wrong.push(`The number ${number} of ${id} is not in the file.`)
  }
  const kept = connection.one("SELECT value FROM meta WHERE name = 'attributes'")
  if (memory.attributes && kept && JSON.stringify(memory.attributes) !== kept[0]) {
    wrong.push('The attributes in memory differ from those in the file.')
  }
  if (
    JSON.stringify(memory.valueIndexes) !== JSON.stringify(createValueIndexes(connection).all())
  ) {
    wrong.push('The list of indexes in memory differs from the file.')
  }
  return wrong
}
