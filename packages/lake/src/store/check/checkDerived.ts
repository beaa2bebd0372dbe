/**
 * Checks everything in a dataset's file that follows from its documents (indexes, counters,
 * attributes): looks up each row that must exist, and compares the numbers of rows to find extra ones.
 */
import {standsForDeletion} from '@copydesk/groq/engine'

import type {StoredDocument} from '../../core/document.ts'
import {coversAttributes, storedAttributes} from '../documents/attributes.ts'
import type {Count} from '../documents/counters.ts'
import {DRAFTS_LAYER, PUBLISHED_LAYER, type IdParts, idPartsOf} from '../documents/idParts.ts'
import {type Connection, numberOf, type Row, textOf} from '../file/sqliteConnection.ts'
import {referencesOf} from '../indexes/documentReferences.ts'
import {keysFor, UNUSUAL_DOCUMENTS} from '../indexes/indexRows.ts'
import {createValueIndexes, type ValueIndex} from '../indexes/values/valueIndexes.ts'
import {checkWords} from './checkWords.ts'
import {type CheckProgress, type Finding, finding} from './finding.ts'

export function* checkDerived(
  connection: Connection,
  onProgress: CheckProgress,
): Generator<Finding> {
  const valueIndexes = createValueIndexes(connection)
  const counters = new Map<string, Count>()
  const unusual = new Map<string, number>()
  const keysExpected = new Map<ValueIndex, number>()
  let referencesExpected = 0
  const attributes = storedAttributes(connection)
  const words = checkWords(connection)

  for (const stored of eachDocument(connection, onProgress)) {
    const {number, parts, hidden, id} = stored
    const document = parsed(stored.json)
    if (!document) {
      yield finding('documents', `The JSON of ${id} is missing or damaged.`, false)
      continue
    }
    const {_type: type} = document
    if (document._id !== id) {
      yield finding('documents', `The row of ${id} contains the document ${document._id}.`, false)
      continue
    }
    if (type !== stored.type) {
      yield finding('documents', `${id} has the type ${type}, but its row says ${stored.type}.`)
      continue
    }
    if (hidden !== mustBeHidden(connection, parts, document)) {
      yield finding('indexes', `${id} is wrongly marked as ${hidden ? 'hidden' : 'shown'}.`)
    }
    count(counters, type, parts, hidden)
    for (const [name, isUnusual] of UNUSUAL_DOCUMENTS) {
      if (isUnusual(document)) unusual.set(name, (unusual.get(name) ?? 0) + 1)
    }
    if (attributes && !coversAttributes(attributes, document)) {
      yield finding('counters', `The attributes of the dataset lack some of ${id}.`)
    }
    yield* words.ofDocument(number, id, parts, document)

    const targets = termsOf(connection, document)
    referencesExpected += targets.size
    for (const [target, {strong, names}] of targets) {
      const found = connection.one(
        `SELECT hidden, strong FROM reference
         WHERE target = ? AND type = ? AND layer = ? AND grp = ?`,
        target,
        type,
        parts.layer,
        parts.group,
      )
      if (found && found[0] === Number(hidden) && found[1] === Number(strong)) continue
      yield finding(
        'references',
        `The reference of ${id} to ${names.join(', ')} is missing in the index.`,
      )
    }

    for (const index of valueIndexes.ofType(type)) {
      if (!index.isReady) continue
      for (const key of keysFor(document, index)) {
        const rows = index.byReference ? [...targets.keys()] : [undefined]
        keysExpected.set(index, (keysExpected.get(index) ?? 0) + rows.length)
        for (const target of rows) {
          const [table, condition, values] =
            target === undefined ? ['key', '', []] : ['reference_key', ' AND target = ?', [target]]
          const found = connection.one(
            `SELECT hidden FROM ${table}
             WHERE shape = ? AND layer = ? AND value = ? AND grp = ?${condition}`,
            index.number,
            parts.layer,
            key,
            parts.group,
            ...values,
          )
          if (found?.[0] === Number(hidden)) continue
          yield finding('indexes', `The index of ${nameOf(index)} lacks ${id}.`)
        }
      }
    }
  }

  yield* checkBodies(connection)
  yield* compareCounters(connection, counters)
  yield* compareUnusualCounts(connection, unusual)
  const references = countOf(connection, 'SELECT count(*) FROM reference')
  if (references !== referencesExpected) {
    const message = `The index has ${references} references, the documents have ${referencesExpected}.`
    yield finding('references', message)
  }
  yield* compareKeys(connection, valueIndexes, keysExpected)
  yield* words.rest()
}

interface Stored {
  readonly number: number
  readonly id: string
  readonly parts: IdParts
  readonly type: string
  readonly hidden: boolean
  readonly json: string | null
}

const PORTION = 200

/** Yields all documents in the order of their row numbers. */
export function* eachDocument(
  connection: Connection,
  onProgress: CheckProgress,
): Generator<Stored> {
  const total = countOf(connection, 'SELECT count(*) FROM document')
  let done = 0
  let last = Number.MIN_SAFE_INTEGER
  for (;;) {
    const rows = connection.all(
      `SELECT document.number, layer, grp, type, hidden, json
       FROM document LEFT JOIN body USING (number)
       WHERE document.number > ? ORDER BY document.number LIMIT ${PORTION}`,
      last,
    )
    for (const row of rows) {
      last = numberOf(row[0])
      yield storedOf(row)
    }
    done += rows.length
    onProgress(done, total)
    if (rows.length < PORTION) return
  }
}

const storedOf = (row: Row): Stored => {
  const parts = {layer: textOf(row[1]), group: textOf(row[2])}
  return {
    number: numberOf(row[0]),
    id: parts.layer + parts.group,
    parts,
    type: textOf(row[3]),
    hidden: row[4] === 1,
    json: typeof row[5] === 'string' ? row[5] : null,
  }
}

/** The document; undefined if the JSON is missing or damaged. */
export const parsed = (json: string | null): StoredDocument | undefined => {
  if (json === null) return undefined
  try {
    const document: StoredDocument = JSON.parse(json)
    return document
  } catch {
    return undefined
  }
}

/** Whether the drafts perspective must hide the document. */
export const mustBeHidden = (
  connection: Connection,
  {layer, group}: IdParts,
  document: StoredDocument,
): boolean =>
  layer === PUBLISHED_LAYER
    ? connection.one(
        `SELECT 1 FROM document WHERE grp = ? AND layer = '${DRAFTS_LAYER}'`,
        group,
      ) !== undefined
    : standsForDeletion(document)

interface Target {
  readonly strong: boolean
  readonly names: readonly string[]
}

/** The document's references by target number; 0 for targets without a number. */
const termsOf = (connection: Connection, document: StoredDocument): Map<number, Target> => {
  const targets = new Map<number, Target>()
  for (const [name, strong] of referencesOf(document).targets) {
    const row = connection.one('SELECT number FROM term WHERE text = ?', name)
    const number = row ? numberOf(row[0]) : 0
    const other = targets.get(number)
    targets.set(number, {
      strong: strong || other?.strong === true,
      names: [...(other?.names ?? []), name],
    })
  }
  return targets
}

const count = (
  counters: Map<string, Count>,
  type: string,
  {layer, group}: IdParts,
  hidden: boolean,
): void => {
  const name = JSON.stringify([type, layer])
  const counter = counters.get(name) ?? {total: 0, hidden: 0, dotted: 0}
  counter.total += 1
  if (hidden) counter.hidden += 1
  if (layer === PUBLISHED_LAYER && group.includes('.')) counter.dotted += 1
  counters.set(name, counter)
}

function* checkBodies(connection: Connection): Generator<Finding> {
  const sql = 'SELECT count(*) FROM body WHERE number NOT IN (SELECT number FROM document)'
  const bodies = countOf(connection, sql)
  if (bodies > 0)
    yield finding('documents', `${bodies} rows in "body" belong to no document.`, false)
  const places = connection.all('SELECT layer, grp FROM document')
  for (const [layer, group] of places) {
    const id = textOf(layer) + textOf(group)
    if (idPartsOf(id).layer === layer) continue
    yield finding('documents', `${id} is stored in the wrong layer, "${textOf(layer)}".`, false)
  }
}

function* compareCounters(
  connection: Connection,
  expected: ReadonlyMap<string, Count>,
): Generator<Finding> {
  const left = new Map(expected)
  const rows = connection.all('SELECT type, layer, total, hidden, dotted FROM counter')
  for (const [type, layer, ...numbers] of rows) {
    const name = JSON.stringify([type, layer])
    const {total, hidden, dotted} = left.get(name) ?? {total: 0, hidden: 0, dotted: 0}
    left.delete(name)
    const is = JSON.stringify(numbers)
    const must = JSON.stringify([total, hidden, dotted])
    if (is !== must) {
      const of = `type ${textOf(type)} in the layer "${textOf(layer)}"`
      yield finding('counters', `The counter of ${of} is ${is} and must be ${must}.`)
    }
  }
  for (const name of left.keys()) yield finding('counters', `There is no counter of ${name}.`)
}

function* compareUnusualCounts(
  connection: Connection,
  expected: ReadonlyMap<string, number>,
): Generator<Finding> {
  for (const [name] of UNUSUAL_DOCUMENTS) {
    const row = connection.one('SELECT value FROM meta WHERE name = ?', name)
    const is = row ? numberOf(row[0]) : 0
    const must = expected.get(name) ?? 0
    if (is !== must) yield finding('counters', `The count "${name}" is ${is} and must be ${must}.`)
  }
}

function* compareKeys(
  connection: Connection,
  valueIndexes: ReturnType<typeof createValueIndexes>,
  expected: ReadonlyMap<ValueIndex, number>,
): Generator<Finding> {
  const known = [...valueIndexes.all()]
  for (const table of ['key', 'reference_key']) {
    for (const row of connection.all(`SELECT shape, count(*) FROM ${table} GROUP BY shape`)) {
      const index = known.find(({number}) => number === row[0])
      if (!index?.isReady) continue
      const is = numberOf(row[1])
      const must = expected.get(index) ?? 0
      if (is !== must) {
        yield finding('indexes', `The index of ${nameOf(index)} has ${is} rows, not ${must}.`)
      }
    }
  }
}

const nameOf = ({type, path, byReference}: ValueIndex): string =>
  `${type === '' ? 'any type' : type} by ${path}${byReference ? ' for each target' : ''}`

const countOf = (connection: Connection, sql: string): number => numberOf(connection.one(sql)?.[0])
