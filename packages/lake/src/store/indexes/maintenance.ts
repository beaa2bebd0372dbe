/**
 * Background work on the indexes, which no query waits for: builds value indexes that readers
 * missed, drops those that are no longer used, updates the token index.
 */
import type {StoredDocument} from '../../core/document.ts'
import type {Counters} from '../documents/counters.ts'
import {PUBLISHED_LAYER} from '../documents/idParts.ts'
import {type Connection, type Row, numberOf, textOf, within} from '../file/sqliteConnection.ts'
import {createIndexBuild} from './indexBuild.ts'
import type {IndexRows} from './indexRows.ts'
import type {IndexUsage, Miss, IndexRead} from './indexUsage.ts'
import type {TokenIndex} from './tokenIndex.ts'
import {DEFINED, isInRange, keyRangeOf} from './values/keyRange.ts'
import {type Key, OTHER_KEY, keysOf, parseKeyPath, scalarKey} from './values/keyValues.ts'
import type {IndexDefinition, ValueIndexes} from './values/valueIndexes.ts'

export interface Maintenance {
  /** What is to be done next, if anything. Cheap to call. */
  next(): 'read' | 'write' | undefined
  /** Reads for a few milliseconds; call it in no transaction, so that writers need not wait. */
  read(): void
  /**
   * Writes for a few milliseconds; call it inside a transaction of its own.
   * @param now Milliseconds since 1970.
   */
  write(now: number): void
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
  /** Indexes to build before a query needs them, and to keep. */
  readonly declared: readonly IndexDefinition[]
}

/**
 * An index is built when readers have read, in total, a tenth of the documents because it was
 * missing: the first reader may scan, the next ones should not. Where there are many indexes
 * already, it must be missed repeatedly, so that queries that run once do not crowd out the others.
 */
const MISSES_WORTH_ONE_OF_MANY = 4
const MANY_INDEXES = 24
const READS_WORTH_AN_INDEX = 0.1
/** Documents sampled to see whether an index over a path would narrow a search. */
const SAMPLE = 100
/** If one access finds this many of the sample, an index would list nearly all documents. */
const TOO_MANY = 0.5 * SAMPLE
/** Every index makes every write a little slower. */
const MAX_VALUE_INDEXES = 48
const DAY = 24 * 60 * 60 * 1000
const IDLE_FOR = 30 * DAY
/** Documents whose words are indexed, or rows deleted, in one step: a few milliseconds. */
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
  const indexBuild = createIndexBuild(connection, valueIndexes, indexRows)
  /** Indexes found worth building. */
  let approved: readonly IndexDefinition[] = []

  const totalOf = ({type}: IndexDefinition): number =>
    counters.of(PUBLISHED_LAYER, type || undefined).total

  const isWorthIt = ({definition, documents, times}: Miss): boolean => {
    const isOneOfMany = valueIndexes.all().length >= MANY_INDEXES
    if (isOneOfMany && times < MISSES_WORTH_ONE_OF_MANY) return false
    const total = totalOf(definition)
    return total >= context.smallestIndexed && documents >= READS_WORTH_AN_INDEX * total
  }

  const isDeclaredMissing = (definition: IndexDefinition): boolean =>
    !valueIndexes.find(definition) && totalOf(definition) >= context.smallestIndexed

  /** Numbers of documents of the type, from the oldest to the newest. */
  const sampled = (type: string): readonly Row[] => {
    const ends = connection.one('SELECT min(number), max(number) FROM document')
    const [first, last] = [numberOf(ends?.[0] ?? 0), numberOf(ends?.[1] ?? 0)]
    const rows = new Map<unknown, Row>()
    for (let n = 0; n < SAMPLE; n += 1) {
      const row = connection.one(
        `SELECT number, octet_length(json) FROM document JOIN body USING (number)
         WHERE number >= ?1 AND (?2 = '' OR type = ?2) ORDER BY number LIMIT 1`,
        Math.trunc(first + ((last - first) * n) / SAMPLE),
        type,
      )
      if (row) rows.set(row[0], row)
    }
    return [...rows.values()]
  }

  /**
   * Whether an index would avoid reading most documents, judged by some of the type. They are of all
   * ages: an import writes documents that are alike one after the other.
   */
  const isSelective = ({definition: {type, path}, wanted}: Miss): boolean => {
    const keyPath = parseKeyPath(path)
    const sample = within(BYTES_OF_SAMPLE, sampled(type)).flatMap(([number]) => {
      const document = bodyOf(numberOf(number))
      return document ? [keysOf(document, keyPath)] : []
    })
    if (wanted !== 'order') return sample.filter(isWanted(wanted)).length < TOO_MANY
    const alike = Map.groupBy(sample, ([key]) => key)
    return [...alike.values()].every(({length}) => length < TOO_MANY)
  }

  /** Undefined if it has been deleted meanwhile. */
  const bodyOf = (number: number): StoredDocument | undefined => {
    const row = connection.one('SELECT json FROM body WHERE number = ?', number)
    return row && JSON.parse(textOf(row[0]))
  }

  const judge = (misses: readonly Miss[]): void => {
    for (const miss of misses) {
      if (isSelective(miss)) {
        indexUsage.forget(miss)
        approved = [...approved, miss.definition]
      } else {
        indexUsage.refuse(miss)
      }
    }
  }

  const startBuilding = (now: number): void => {
    const wanted = [...context.declared.filter(isDeclaredMissing), ...approved]
    approved = []
    for (const definition of wanted) {
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
         ORDER BY number IN (SELECT value FROM json_each(?)) DESC, used_at DESC, number DESC
         LIMIT -1 OFFSET ?)`,
      JSON.stringify(declaredNumbers()),
      MAX_VALUE_INDEXES - 1,
    )
  }

  const declaredNumbers = (): readonly number[] =>
    context.declared.flatMap((definition) => valueIndexes.find(definition)?.number ?? [])

  const noteUse = (now: number): void => {
    for (const number of [...indexUsage.used(), ...declaredNumbers()]) {
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
    connection.one('SELECT number, by_reference FROM shape WHERE state = ? LIMIT 1', state)

  const drop = (): boolean => {
    const row = nextInState('dropping')
    if (!row) return false
    const number = numberOf(row[0])
    const [table, key] =
      row[1] === 1
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

  const isDropping = (): boolean => nextInState('dropping') !== undefined

  return {
    next() {
      if (approved.length > 0 || context.declared.some(isDeclaredMissing)) return 'write'
      if (indexUsage.missed().some(isWorthIt)) return 'read'
      return indexBuild.next() ?? (isDropping() || tokens.isBehind() ? 'write' : undefined)
    },
    read() {
      const worthy = indexUsage.missed().filter(isWorthIt)
      if (worthy.length > 0) judge(worthy)
      else indexBuild.read()
    },
    write(now) {
      startBuilding(now)
      noteUse(now)
      if (indexBuild.next() === 'write') return indexBuild.write()
      if (!drop()) tokens.catchUp(DOCUMENTS_PER_STEP, context.current, BYTES_PER_STEP)
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
