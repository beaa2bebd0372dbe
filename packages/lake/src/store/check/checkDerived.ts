import type {StoredDocument} from '../../core/document.ts'
import {coversAttributes, keptAttributes} from '../documents/attributes.ts'
import {standsForDeletion} from '../documents/documents.ts'
import {type Connection, numberOf, type Row, textOf} from '../file/connection.ts'
import type {Count} from '../file/counters.ts'
import {referencesOf} from '../indexes/references.ts'
import {DRAFTS_LAYER, PUBLISHED_LAYER, type Place, placeOf} from '../indexes/values/place.ts'
import {createShapes, type Shape} from '../indexes/values/shapes.ts'
import {keysFor, ODDITIES} from '../indexes/words/postings.ts'
import {checkWords} from './checkWords.ts'
import {type CheckProgress, type Finding, finding} from './finding.ts'

/**
 * Everything in a dataset's file that follows from its documents, against the documents: each row
 * that must be there is looked up, and the numbers of rows tell whether there are others.
 */
export function* checkDerived(
  connection: Connection,
  onProgress: CheckProgress,
): Generator<Finding> {
  const shapes = createShapes(connection)
  const counters = new Map<string, Count>()
  const oddities = new Map<string, number>()
  const keysExpected = new Map<Shape, number>()
  let referencesExpected = 0
  const attributes = keptAttributes(connection)
  const words = checkWords(connection)

  for (const stored of eachDocument(connection, onProgress)) {
    const {number, place, hidden, id} = stored
    const document = parsed(stored.json)
    if (!document) {
      yield finding('documents', `The JSON of ${id} is missing or damaged.`, false)
      continue
    }
    const {_type: type} = document
    if (document._id !== id) {
      yield finding('documents', `In the place of ${id} stands ${document._id}.`, false)
      continue
    }
    if (type !== stored.type) {
      yield finding('documents', `${id} of type ${type} is listed as ${stored.type}.`)
      continue
    }
    if (hidden !== mustBeHidden(connection, place, document)) {
      yield finding('indexes', `${id} is marked wrongly as ${hidden ? 'hidden' : 'shown'}.`)
    }
    count(counters, type, place, hidden)
    for (const [name, isOdd] of ODDITIES) {
      if (isOdd(document)) oddities.set(name, (oddities.get(name) ?? 0) + 1)
    }
    if (attributes && !coversAttributes(attributes, document)) {
      yield finding('counters', `The attributes of the dataset lack some of ${id}.`)
    }
    yield* words.ofDocument(number, id, place, document)

    const targets = termsOf(connection, document)
    referencesExpected += targets.size
    for (const [target, {strong, names}] of targets) {
      const found = connection.one(
        `SELECT hidden, strong FROM reference
         WHERE target = ? AND type = ? AND layer = ? AND grp = ?`,
        target,
        type,
        place.layer,
        place.group,
      )
      if (found && found[0] === Number(hidden) && found[1] === Number(strong)) continue
      yield finding('references', `The reference of ${id} to ${names.join(', ')} is not noted.`)
    }

    for (const shape of shapes.ofType(type)) {
      if (!shape.isReady) continue
      for (const key of keysFor(document, shape)) {
        const rows = shape.byReference ? [...targets.keys()] : [undefined]
        keysExpected.set(shape, (keysExpected.get(shape) ?? 0) + rows.length)
        for (const target of rows) {
          const [table, condition, values] =
            target === undefined ? ['key', '', []] : ['reference_key', ' AND target = ?', [target]]
          const found = connection.one(
            `SELECT hidden FROM ${table}
             WHERE shape = ? AND layer = ? AND value = ? AND grp = ?${condition}`,
            shape.number,
            place.layer,
            key,
            place.group,
            ...values,
          )
          if (found?.[0] === Number(hidden)) continue
          yield finding('indexes', `The index of ${nameOf(shape)} lacks ${id}.`)
        }
      }
    }
  }

  yield* checkBodies(connection)
  yield* compareCounters(connection, counters)
  yield* compareOddities(connection, oddities)
  const references = countOf(connection, 'SELECT count(*) FROM reference')
  if (references !== referencesExpected) {
    const message = `There are ${references} references noted, and ${referencesExpected} in documents.`
    yield finding('references', message)
  }
  yield* compareKeys(connection, shapes, keysExpected)
  yield* words.rest()
}

interface Stored {
  readonly number: number
  readonly id: string
  readonly place: Place
  readonly type: string
  readonly hidden: boolean
  readonly json: string | null
}

const PORTION = 200

/** All documents, in the order of their numbers. */
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
  const place = {layer: textOf(row[1]), group: textOf(row[2])}
  return {
    number: numberOf(row[0]),
    id: place.layer + place.group,
    place,
    type: textOf(row[3]),
    hidden: row[4] === 1,
    json: typeof row[5] === 'string' ? row[5] : null,
  }
}

/** Undefined for what is missing or damaged. */
export const parsed = (json: string | null): StoredDocument | undefined => {
  if (json === null) return undefined
  try {
    const document: StoredDocument = JSON.parse(json)
    return document
  } catch {
    return undefined
  }
}

/** Whether the drafts perspective leaves the document out. */
export const mustBeHidden = (
  connection: Connection,
  {layer, group}: Place,
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

/** What the document refers to, by the numbers of the targets; 0 for one that has none. */
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
  {layer, group}: Place,
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
  if (bodies > 0) yield finding('documents', `${bodies} bodies belong to no document.`, false)
  const places = connection.all('SELECT layer, grp FROM document')
  for (const [layer, group] of places) {
    const id = textOf(layer) + textOf(group)
    if (placeOf(id).layer === layer) continue
    yield finding('documents', `${id} stands in the layer "${textOf(layer)}".`, false)
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

function* compareOddities(
  connection: Connection,
  expected: ReadonlyMap<string, number>,
): Generator<Finding> {
  for (const [name] of ODDITIES) {
    const row = connection.one('SELECT value FROM meta WHERE name = ?', name)
    const is = row ? numberOf(row[0]) : 0
    const must = expected.get(name) ?? 0
    if (is !== must) yield finding('counters', `"${name}" is ${is} and must be ${must}.`)
  }
}

function* compareKeys(
  connection: Connection,
  shapes: ReturnType<typeof createShapes>,
  expected: ReadonlyMap<Shape, number>,
): Generator<Finding> {
  const known = [...shapes.all()]
  for (const table of ['key', 'reference_key']) {
    for (const row of connection.all(`SELECT shape, count(*) FROM ${table} GROUP BY shape`)) {
      const shape = known.find(({number}) => number === row[0])
      if (!shape?.isReady) continue
      const is = numberOf(row[1])
      const must = expected.get(shape) ?? 0
      if (is !== must) {
        yield finding('indexes', `The index of ${nameOf(shape)} has ${is} rows, not ${must}.`)
      }
    }
  }
}

const nameOf = ({type, path, byReference}: Shape): string =>
  `${type === '' ? 'any type' : type} by ${path}${byReference ? ' for each target' : ''}`

const countOf = (connection: Connection, sql: string): number => numberOf(connection.one(sql)?.[0])
