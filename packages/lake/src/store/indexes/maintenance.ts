import type {StoredDocument} from '../../core/document.ts'
import {type Connection, type Row, numberOf, textOf, within} from '../file/connection.ts'
import type {Counters} from '../file/counters.ts'
import type {Demand, Miss, Wanted} from './demand.ts'
import {DEFINED, isInRange, keyRangeOf} from './values/keyRange.ts'
import {type Key, OTHER_KEY, keysOf, parseKeyPath, scalarKey} from './values/keyValues.ts'
import {PUBLISHED_LAYER} from './values/place.ts'
import type {ShapeName, Shapes} from './values/shapes.ts'
import type {Postings} from './words/postings.ts'
import type {TokenIndex} from './words/tokenIndex.ts'

/**
 * Work that keeps queries fast but that no answer waits for: building the indexes that readers
 * missed, dropping those that nobody uses, bringing the token index up to date.
 */
export interface Maintenance {
  /** Whether there is anything to do. Cheap. */
  isDue(): boolean
  /** Does a little of it, inside a transaction of its own. @returns Whether more is left. */
  step(now: number): boolean
}

export interface MaintenanceContext {
  readonly connection: Connection
  readonly counters: Counters
  readonly demand: Demand
  readonly postings: Postings
  readonly shapes: Shapes
  readonly tokens: TokenIndex
  current(id: string): StoredDocument | undefined
  /** Types with fewer documents get no indexes: reading them all is quick. */
  readonly smallestIndexed: number
}

/**
 * An index is built when it was missed repeatedly, and readers have read a tenth of the documents
 * for want of it: they wait for their answers, but nobody waits for the building.
 */
const MISSES_WORTH_AN_INDEX = 4
const READS_WORTH_AN_INDEX = 0.1
/** Documents looked at to tell whether an index over a path could tell them apart. */
const SAMPLE = 100
/** Of the sample, found by one access or alike: an index would name nearly all documents. */
const TOO_MANY = 0.5 * SAMPLE
/** Every index makes every write a little slower. */
const MAX_SHAPES = 48
const DAY = 24 * 60 * 60 * 1000
const IDLE_FOR = 30 * DAY
/** Documents indexed, or rows dropped, in one step: a few milliseconds. */
const DOCUMENTS_A_STEP = 50
const ROWS_A_STEP = 5000
/**
 * Those who write wait for a step, so it is bounded by what it reads, too: fifty documents of some
 * megabytes kept them waiting for a minute, and needed more memory than the thread has.
 */
const BYTES_A_STEP = 128 * 1024
const BYTES_OF_SAMPLE = 4 * 1024 * 1024

export const createMaintenance = (context: MaintenanceContext): Maintenance => {
  const {connection, counters, demand, postings, shapes, tokens} = context

  const isWorthIt = ({name, documents, times}: Miss): boolean => {
    if (times < MISSES_WORTH_AN_INDEX) return false
    const {total} = counters.of(PUBLISHED_LAYER, name.type || undefined)
    return total >= context.smallestIndexed && documents >= READS_WORTH_AN_INDEX * total
  }

  /** Whether an index would spare reading most documents, judging by the newest of the type. */
  const tellsApart = ({name: {type, path}, wanted}: Miss): boolean => {
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

  const plan = (now: number): void => {
    for (const miss of demand.missed().filter(isWorthIt)) {
      if (!tellsApart(miss)) {
        demand.refuse(miss)
        continue
      }
      demand.forget(miss)
      const {name} = miss
      makeRoom()
      connection.run(
        `INSERT INTO shape (type, path, by_reference, state, through, used_at)
         VALUES (?, ?, ?, 'building', 0, ?) ON CONFLICT DO NOTHING`,
        name.type,
        name.path,
        Number(name.byReference),
        now,
      )
      shapes.forget()
    }
  }

  const makeRoom = (): void => {
    connection.run(
      `UPDATE shape SET state = 'dropping' WHERE number IN (
         SELECT number FROM shape WHERE state <> 'dropping'
         ORDER BY used_at DESC, number DESC LIMIT -1 OFFSET ?)`,
      MAX_SHAPES - 1,
    )
  }

  const noteUse = (now: number): void => {
    for (const number of demand.used()) {
      connection.run(
        'UPDATE shape SET used_at = ?1 WHERE number = ?2 AND used_at < ?1 - ?3',
        now,
        number,
        DAY,
      )
    }
    demand.forgetUse()
    const idle = connection.run(
      "UPDATE shape SET state = 'dropping' WHERE state <> 'dropping' AND used_at < ?",
      now - IDLE_FOR,
    )
    if (idle > 0) shapes.forget()
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
         (SELECT ${key} FROM ${table} WHERE shape = ? LIMIT ${ROWS_A_STEP})`,
      number,
    )
    if (dropped < ROWS_A_STEP) connection.run('DELETE FROM shape WHERE number = ?', number)
    return true
  }

  const build = (): boolean => {
    const row = nextInState('building')
    if (!row) return false
    const name: ShapeName = {
      type: textOf(row[1]),
      path: textOf(row[2]),
      byReference: row[3] === 1,
    }
    const shape = shapes.find(name)
    if (!shape) return false
    const next = connection.all(
      `SELECT number, octet_length(json), layer, grp, hidden FROM document JOIN body USING (number)
       WHERE number > ?1 AND (?2 = '' OR type = ?2) ORDER BY number LIMIT ${DOCUMENTS_A_STEP}`,
      numberOf(row[4]),
      name.type,
    )
    const documents = within(BYTES_A_STEP, next)
    for (const [number, , layer, group, hidden] of documents) {
      const document = bodyOf(numberOf(number))
      const place = {layer: textOf(layer), group: textOf(group)}
      postings.addShape(place, {document, hidden: hidden === 1}, shape)
    }
    const last = documents.at(-1)
    if (last) {
      connection.run(
        'UPDATE shape SET through = ? WHERE number = ?',
        numberOf(last[0]),
        shape.number,
      )
    }
    if (documents.length === next.length && next.length < DOCUMENTS_A_STEP) {
      connection.run("UPDATE shape SET state = 'ready' WHERE number = ?", shape.number)
      shapes.forget()
    }
    return true
  }

  const isUnfinished = (): boolean =>
    connection.one("SELECT 1 FROM shape WHERE state <> 'ready' LIMIT 1") !== undefined

  return {
    isDue: () => demand.missed().some(isWorthIt) || isUnfinished() || tokens.isBehind(),
    step(now) {
      plan(now)
      noteUse(now)
      if (!build() && !drop()) {
        tokens.catchUp(DOCUMENTS_A_STEP, context.current, BYTES_A_STEP)
      }
      return isUnfinished() || tokens.isBehind()
    },
  }
}

/** Whether an access would find a document with these keys. */
const isWanted = (access: Exclude<Wanted, 'order'>): ((keys: readonly Key[]) => boolean) => {
  if (access.by === 'value') {
    const wanted = access.values.map((value) => scalarKey(value) ?? OTHER_KEY)
    return (keys) => keys.some((key) => wanted.includes(key))
  }
  const ranges = access.by === 'defined' ? DEFINED : [keyRangeOf(access.range)]
  return (keys) => keys.some((key) => ranges.some((range) => isInRange(key, range)))
}
