import type {Shown} from '../caches/documentCache.ts'
import type {Kept} from '../documents/attributes.ts'
import {type Connection, numberOf, textOf} from '../file/connection.ts'
import {placeOf} from '../indexes/values/place.ts'
import {createShapes, type Shape} from '../indexes/values/shapes.ts'

/** What an open dataset remembers of its file, so that it need not be read again. */
export interface StoreMemory {
  readonly revision: number
  /** Parsed documents by id. */
  readonly documents: Iterable<readonly [string, Shown]>
  /** Numbers of the targets of references. */
  readonly terms: Iterable<readonly [string, number]>
  readonly attributes: Kept | undefined
  readonly unwrittenCounters: number
  readonly shapes: readonly Shape[]
  readonly isInTransaction: boolean
}

/**
 * Whether what is remembered is what the file says.
 * @param connection To the same file, when nothing is being written.
 * @returns A sentence for everything that is not.
 */
export const checkMemory = (memory: StoreMemory, connection: Connection): readonly string[] => {
  const wrong: string[] = []
  const last = connection.one('SELECT coalesce(max(sequence), 0) FROM transaction_log')
  if (memory.isInTransaction) wrong.push('A transaction is open.')
  if (memory.unwrittenCounters > 0) wrong.push('Counters wait to be written.')
  if (memory.revision !== numberOf(last?.[0])) {
    wrong.push(`The revision is ${memory.revision}, in the file ${numberOf(last?.[0])}.`)
  }
  for (const [id, {document, hidden}] of memory.documents) {
    const {layer, group} = placeOf(id)
    const row = connection.one(
      'SELECT json, hidden FROM document JOIN body USING (number) WHERE grp = ? AND layer = ?',
      group,
      layer,
    )
    if (!row) wrong.push(`${id} is remembered, but not in the file.`)
    else if (textOf(row[0]) !== JSON.stringify(document) || row[1] !== Number(hidden)) {
      wrong.push(`${id} is remembered otherwise than it is in the file.`)
    }
  }
  for (const [id, number] of memory.terms) {
    const row = connection.one('SELECT text FROM term WHERE number = ?', number)
    if (row?.[0] !== id) wrong.push(`The number ${number} of ${id} is not in the file.`)
  }
  const kept = connection.one("SELECT value FROM meta WHERE name = 'attributes'")
  if (memory.attributes && kept && JSON.stringify(memory.attributes) !== kept[0]) {
    wrong.push('The attributes are remembered otherwise than they are in the file.')
  }
  if (JSON.stringify(memory.shapes) !== JSON.stringify(createShapes(connection).all())) {
    wrong.push('The list of indexes is remembered otherwise than it is in the file.')
  }
  return wrong
}
