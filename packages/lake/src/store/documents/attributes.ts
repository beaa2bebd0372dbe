import {isJsonObject, type Json, type StoredDocument} from '../../core/document.ts'
import {type Connection, numberOf, textOf} from '../file/connection.ts'

/**
 * The unique attributes of a dataset, as hosted Sanity counts them
 * (sanity.io/docs/content-lake/technical-limits): a path, without array indexes, together with a
 * datatype. An attribute that is a text here and null there counts twice; an array counts once for
 * itself and once for each datatype in it.
 *
 * Writing only adds: what no document has any more is found out when the limit is reached, by
 * reading all documents once. So a write costs one walk down a tree that it nearly always knows.
 */
export interface Attributes {
  /** Inside a transaction only: takes in a document that is written. */
  add(document: StoredDocument): void
  /**
   * Inside a transaction, when its documents are written.
   * @returns How many there are if the transaction adds some and they are more than `limit`.
   */
  excess(limit: number): number | undefined
  /** Writes what `add` has gathered. */
  flush(): void
  /** The transaction is committed. */
  keep(): void
  /** The transaction failed: forgets what is not in the file. */
  discard(): void
  /** Forgets everything that is not in the file: another process has written. */
  forget(): void
  /** How the tree would be kept, if it is known; for checks. */
  remembered(): Kept | undefined
}

/** What stands at one path; the tree of a whole dataset at its root. */
export interface Place {
  /** The datatypes seen, a bit for each. */
  types: number
  readonly inside: Map<string, Place>
  /** What stands in an array. */
  items: Place | null
}

const NULL = 1
const BOOLEAN = 2
const INTEGER = 4
const FLOAT = 8
const TEXT = 16
const OBJECT = 32
const ARRAY = 64

const emptyPlace = (): Place => ({types: 0, inside: new Map(), items: null})

const typeOf = (value: Json): number => {
  if (typeof value === 'string') return TEXT
  if (typeof value === 'number') return Number.isInteger(value) ? INTEGER : FLOAT
  if (typeof value === 'boolean') return BOOLEAN
  if (value === null) return NULL
  return Array.isArray(value) ? ARRAY : OBJECT
}

/** @returns How many attributes of the value were not seen before. */
const takeIn = (value: Json, place: Place): number => {
  const type = typeOf(value)
  let added = 0
  if ((place.types & type) === 0) {
    place.types |= type
    added = 1
  }
  if (type === OBJECT && isJsonObject(value)) {
    for (const name in value) {
      let below = place.inside.get(name)
      if (!below) place.inside.set(name, (below = emptyPlace()))
      added += takeIn(value[name] ?? null, below)
    }
  } else if (Array.isArray(value)) {
    place.items ??= emptyPlace()
    for (const item of value) added += takeIn(item, place.items)
  }
  return added
}

/** How the tree is kept: the datatypes, what is inside by name, what stands in an array. */
export type Kept = readonly [number, Readonly<Record<string, Kept>>, Kept | null]

const toKept = ({types, inside, items}: Place): Kept => [
  types,
  Object.fromEntries([...inside].map(([name, place]) => [name, toKept(place)])),
  items && toKept(items),
]

const fromKept = ([types, inside, items]: Kept): Place => ({
  types,
  inside: new Map(Object.entries(inside).map(([name, kept]) => [name, fromKept(kept)])),
  items: items && fromKept(items),
})

const countIn = ({types, inside, items}: Place): number => {
  let count = items ? countIn(items) : 0
  for (let rest = types; rest > 0; rest &= rest - 1) count += 1
  for (const place of inside.values()) count += countIn(place)
  return count
}

/** A document itself is no attribute. */
const total = (tree: Place): number => countIn(tree) - (tree.types === 0 ? 0 : 1)

const ROW = 'attributes'

/** The tree that the file keeps; undefined of an empty dataset, and of one by an older lake. */
export const keptAttributes = (connection: Connection): Place | undefined => {
  const row = connection.one('SELECT value FROM meta WHERE name = ?', ROW)
  if (!row) return undefined
  const value: Kept = JSON.parse(textOf(row[0]))
  return fromKept(value)
}

/** Whether the tree has every attribute of the document. */
export const coversAttributes = (tree: Place, document: StoredDocument): boolean =>
  takeIn(document, tree) === 0

const PORTION = 1000

/** The tree of all documents, which are all read. */
const countedAttributes = (connection: Connection): Place => {
  const found = emptyPlace()
  let last = 0
  for (;;) {
    const sql = 'SELECT number, json FROM body WHERE number > ? ORDER BY number LIMIT ?'
    const rows = connection.all(sql, last, PORTION)
    for (const row of rows) {
      last = numberOf(row[0])
      const document: StoredDocument = JSON.parse(textOf(row[1]))
      takeIn(document, found)
    }
    if (rows.length < PORTION) return found
  }
}

const keep = (connection: Connection, tree: Place): void => {
  const value = JSON.stringify(toKept(tree))
  connection.run('REPLACE INTO meta (name, value) VALUES (?, ?)', ROW, value)
}

/** Counts the attributes of all documents anew, inside a transaction: each is added, then kept. */
export const recountAttributes = (
  connection: Connection,
): {add(document: StoredDocument): void; keep(): void} => {
  const tree = emptyPlace()
  return {
    add: (document) => void takeIn(document, tree),
    keep: () => keep(connection, tree),
  }
}

export const createAttributes = (connection: Connection): Attributes => {
  let tree: Place | undefined
  let grown = false
  /** Whether the tree was made of documents as the open transaction has them. */
  let isTentative = false

  const forget = (): void => {
    tree = undefined
    grown = false
    isTentative = false
  }

  return {
    add(document) {
      // Nothing is kept of an empty dataset, and of one that an older lake wrote.
      if (!tree) {
        tree = keptAttributes(connection)
        isTentative = tree === undefined
        tree ??= countedAttributes(connection)
      }
      if (takeIn(document, tree) > 0) grown = true
    },
    excess(limit) {
      if (!grown || !tree || total(tree) <= limit) return undefined
      tree = countedAttributes(connection)
      const count = total(tree)
      return count > limit ? count : undefined
    },
    flush() {
      if (!grown || !tree) return
      keep(connection, tree)
    },
    keep() {
      grown = false
      isTentative = false
    },
    discard() {
      if (grown || isTentative) forget()
    },
    forget,
    remembered: () => tree && toKept(tree),
  }
}
