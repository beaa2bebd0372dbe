/**
 * Background work on the indexes, which no query waits for: builds value indexes that readers
 * missed, drops those that are no longer used, updates the token index.
 */
import type {StoredDocument} from '../../core/document.ts'
import type {Counters} from '../documents/counters.ts'
import {PUBLISHED_LAYER} from '../documents/idParts.ts'
import {type Connection, type Row, numberOf, textOf, within} from '../file/sqliteConnection.ts'
import type {IndexRows} from './indexRows.ts'
import type {IndexUsage, Miss, IndexRead} from './indexUsage.ts'
import type {TokenIndex} from './tokenIndex.ts'
import {DEFINED, isInRange, keyRangeOf} from './values/keyRange.ts'
import {type Key, OTHER_KEY, keysOf, parseKeyPath, scalarKey} from './values/keyValues.ts'
import type {IndexDefinition, ValueIndexes} from './values/valueIndexes.ts'

export interface Maintenance {
  /** Whether there is work. Cheap to call. */
  isDue(): boolean
  /**
   * Does a few milliseconds of work; call it inside a transaction of its own.
   * @param now Milliseconds since 1970. @returns Whether more is left.
   */
  step(now: number): boolean
}

export interface MaintenanceContext {
  readonly connection: Connection
  readonly counters: Counters
  readonly indexUsage: IndexUsage
  readonly indexRows: IndexRows
  readonly valueIndexes: ValueIndexes
  readonly tokens: TokenIndex
  current(id: string): StoredDocument | undefined
  /** Types with fewer documents get no indexes: reading all of them is quick. */
  readonly smallestIndexed: number
}

/**
 * An index is built when it was missed repeatedly and readers have read, in total, a tenth of the
 * documents because it was missing.
 */
const MISSES_WORTH_AN_INDEX = 4
const READS_WORTH_AN_INDEX = 0.1
/** Documents sampled to see whether an index over a path would narrow a search. */
const SAMPLE = 100
/** If one access finds this many of the sample, an index would list nearly all documents. */
const TOO_MANY = 0.5 * SAMPLE
/** Every index makes every write a little slower. */
const MAX_VALUE_INDEXES = 48
const DAY = 24 * 60 * 60 * 1000
const IDLE_FOR = 30 * DAY
/** Documents indexed, or rows deleted, in one step: a few milliseconds. */
const DOCUMENTS_PER_STEP = 50
const ROWS_PER_STEP = 5000
/**
 * Writers wait for a step, so the bytes it reads are bounded too: fifty documents of several
 * megabytes each took a minute and more memory than the thread has.
 */
const BYTES_PER_STEP = 128 * 1024
const BYTES_OF_SAMPLE = 4 * 1024 * 1024

export const createMaintenance = (context: MaintenanceContext): Maintenance => {
  const {connection, counters, indexUsage, indexRows, valueIndexes, tokens} = context

  const isWorthIt = ({definition, documents, times}: Miss): boolean => {
    if (times < MISSES_WORTH_AN_INDEX) return false
    const {total} = counters.of(PUBLISHED_LAYER, definition.type || undefined)
    return total >= context.smallestIndexed && documents >= READS_WORTH_AN_INDEX * total
  }

  /** Whether an index would avoid reading most documents, judged by the newest of the type. */
  const isSelective = ({definition: {type, path}, wanted}: Miss): boolean => {
    const keyPath = parseKeyPath(path)
    const newest = connection.all(
      `SELECT number, octet_length(json) FROM document JOIN body USING (number)
       WHERE ?1 = '' OR type = ?1 ORDER BY number DESC LIMIT ${SAMPLE}`,
      type,
    )
    const sample = within(BYTES_OF_SAMPLE, newest).map(([number]) =>
      keysOf(bodyOf(numberOf(number)), keyPath),
    )
    if (wanted !== 'order') return sample.filter(isWanted(wanted)).length < TOO_MANY
    const alike = Map.groupBy(sample, ([key]) => key)
    return [...alike.values()].every(({length}) => length < TOO_MANY)
  }

  const bodyOf = (number: number): StoredDocument => {
    const row = connection.one('SELECT json FROM body WHERE number = ?', number)
    return JSON.parse(textOf(row?.[0]))
  }

  const startBuilding = (now: number): void => {
    for (const miss of indexUsage.missed().filter(isWorthIt)) {
      if (!isSelective(miss)) {
        indexUsage.refuse(miss)
        continue
      }
      indexUsage.forget(miss)
      const {definition} = miss
      makeRoom()
      connection.run(
        `INSERT INTO shape (type, path, by_reference, state, through, used_at)
         VALUES (?, ?, ?, 'building', 0, ?) ON CONFLICT DO NOTHING`,
        definition.type,
        definition.path,
        Number(definition.byReference),
        now,
      )
      valueIndexes.forget()
    }
  }

  const makeRoom = (): void => {
    connection.run(
      `UPDATE shape SET state = 'dropping' WHERE number IN (
         SELECT number FROM shape WHERE state <> 'dropping'
         ORDER BY used_at DESC, number DESC LIMIT -1 OFFSET ?)`,
      MAX_VALUE_INDEXES - 1,
    )
  }

  const noteUse = (now: number): void => {
    for (const number of indexUsage.used()) {
      connection.run(
        'UPDATE shape SET used_at = ?1 WHERE number = ?2 AND used_at < ?1 - ?3',
        now,
        number,
        DAY,
      )
    }
    indexUsage.clearUsed()
    const idle = connection.run(
      "UPDATE shape SET state = 'dropping' WHERE state <> 'dropping' AND used_at < ?",
      now - IDLE_FOR,
    )
    if (idle > 0) valueIndexes.forget()
  }

  const nextInState = (state: string): Row | undefined =>
    connection.one(
      'SELECT number, type, path, by_reference, through FROM shape WHERE state = ? LIMIT 1',
      state,
    )

  const drop = (): boolean => {
    const row = nextInState('dropping')
    if (!row) return false
    const number = numberOf(row[0])
    const [table, key] =
      row[3] === 1
        ? ['reference_key', 'shape, target, layer, value, grp']
        : ['key', 'shape, layer, value, grp']
    const dropped = connection.run(
      `DELETE FROM ${table} WHERE (${key}) IN
         (SELECT ${key} FROM ${table} WHERE shape = ? LIMIT ${ROWS_PER_STEP})`,
      number,
    )
    if (dropped < ROWS_PER_STEP) connection.run('DELETE FROM shape WHERE number = ?', number)
    return true
  }

  const build = (): boolean => {
    const row = nextInState('building')
    if (!row) return false
    const definition: IndexDefinition = {
      type: textOf(row[1]),
      path: textOf(row[2]),
      byReference: row[3] === 1,
    }
    const index = valueIndexes.find(definition)
    if (!index) return false
    const next = connection.all(
      `SELECT number, octet_length(json), layer, grp, hidden FROM document JOIN body USING (number)
       WHERE number > ?1 AND (?2 = '' OR type = ?2) ORDER BY number LIMIT ${DOCUMENTS_PER_STEP}`,
      numberOf(row[4]),
      definition.type,
    )
    const documents = within(BYTES_PER_STEP, next)
    for (const [number, , layer, group, hidden] of documents) {
      const document = bodyOf(numberOf(number))
      const parts = {layer: textOf(layer), group: textOf(group)}
      indexRows.addIndex(parts, {document, hidden: hidden === 1}, index)
    }
    const last = documents.at(-1)
    if (last) {
      connection.run(
        'UPDATE shape SET through = ? WHERE number = ?',
        numberOf(last[0]),
        index.number,
      )
    }
    if (documents.length === next.length && next.length < DOCUMENTS_PER_STEP) {
      connection.run("UPDATE shape SET state = 'ready' WHERE number = ?", index.number)
      valueIndexes.forget()
    }
    return true
  }

  const isUnfinished = (): boolean =>
    connection.one("SELECT 1 FROM shape WHERE state <> 'ready' LIMIT 1") !== undefined

  return {
    isDue: () => indexUsage.missed().some(isWorthIt) || isUnfinished() || tokens.isBehind(),
    step(now) {
      startBuilding(now)
      noteUse(now)
      if (!build() && !drop()) {
        tokens.catchUp(DOCUMENTS_PER_STEP, context.current, BYTES_PER_STEP)
      }
      return isUnfinished() || tokens.isBehind()
    },
  }
}

/** Tells whether an access would find a document with the given keys. */
const isWanted = (access: Exclude<IndexRead, 'order'>): ((keys: readonly Key[]) => boolean) => {
  if (access.by === 'value') {
    const wanted = access.values.map((value) => scalarKey(value) ?? OTHER_KEY)
    return (keys) => keys.some((key) => wanted.includes(key))
  }
  const ranges = access.by === 'defined' ? DEFINED : [keyRangeOf(access.range)]
  return (keys) => keys.some((key) => ranges.some((range) => isInRange(key, range)))
}
