/**
 * Counts the unique attributes of a dataset's documents, as hosted Sanity does
 * (sanity.io/docs/content-lake/technical-limits): a path without array indexes, together with a data
 * type. An attribute that is a string here and null there counts twice. An array counts once for
 * itself and once for each data type in it.
 *
 * Writing only adds attributes. When the limit is reached, all documents are read once to find those
 * that no document has any more. So a write normally costs one walk down a tree of known paths.
 */
import {isJsonObject, type Json, type StoredDocument} from '../../core/document.ts'
import {type Connection, numberOf, textOf} from '../file/sqliteConnection.ts'

export interface Attributes {
  /** Adds the attributes of a document being written; inside a transaction only. */
  add(document: StoredDocument): void
  /**
   * Call this in a transaction after its documents are written.
   * @returns The number of attributes if the transaction adds some and it exceeds `limit`.
   */
  excess(limit: number): number | undefined
  /** Writes to the file what `add` has changed. */
  flush(): void
  /** Call this when the transaction is committed. */
  keep(): void
  /** Call this when the transaction failed: drops what is not in the file. */
  discard(): void
  /** Drops the tree, because another process has written. */
  forget(): void
  /** The tree as it would be stored, if it is in memory; for checks. */
  remembered(): SerializedAttributes | undefined
}

/** What documents have at one path. The root stands for whole documents. */
export interface AttributeNode {
  /** The data types seen, one bit each. */
  types: number
  readonly inside: Map<string, AttributeNode>
  /** Elements of an array at this path. */
  items: AttributeNode | null
}

const NULL = 1
const BOOLEAN = 2
const INTEGER = 4
const FLOAT = 8
const TEXT = 16
const OBJECT = 32
const ARRAY = 64

const emptyNode = (): AttributeNode => ({types: 0, inside: new Map(), items: null})

const typeOf = (value: Json): number => {
  if (typeof value === 'string') return TEXT
  if (typeof value === 'number') return Number.isInteger(value) ? INTEGER : FLOAT
  if (typeof value === 'boolean') return BOOLEAN
  if (value === null) return NULL
  return Array.isArray(value) ? ARRAY : OBJECT
}

/** @returns How many attributes of the value are new. */
const addValue = (value: Json, node: AttributeNode): number => {
  const type = typeOf(value)
  let added = 0
  if ((node.types & type) === 0) {
    node.types |= type
    added = 1
  }
  if (type === OBJECT && isJsonObject(value)) {
    for (const name in value) {
      let below = node.inside.get(name)
      if (!below) node.inside.set(name, (below = emptyNode()))
      added += addValue(value[name] ?? null, below)
    }
  } else if (Array.isArray(value)) {
    node.items ??= emptyNode()
    for (const item of value) added += addValue(item, node.items)
  }
  return added
}

/** A node as stored in the file: data types, children by name, array elements. */
export type SerializedAttributes = readonly [
  number,
  Readonly<Record<string, SerializedAttributes>>,
  SerializedAttributes | null,
]

const serialize = ({types, inside, items}: AttributeNode): SerializedAttributes => [
  types,
  Object.fromEntries([...inside].map(([name, node]) => [name, serialize(node)])),
  items && serialize(items),
]

const deserialize = ([types, inside, items]: SerializedAttributes): AttributeNode => ({
  types,
  inside: new Map(Object.entries(inside).map(([name, child]) => [name, deserialize(child)])),
  items: items && deserialize(items),
})

const countIn = ({types, inside, items}: AttributeNode): number => {
  let count = items ? countIn(items) : 0
  for (let rest = types; rest > 0; rest &= rest - 1) count += 1
  for (const node of inside.values()) count += countIn(node)
  return count
}

/** The document itself is not an attribute. */
const total = (tree: AttributeNode): number => countIn(tree) - (tree.types === 0 ? 0 : 1)

const ROW = 'attributes'

/** The tree stored in the file; undefined for an empty dataset or one written by an older lake. */
export const storedAttributes = (connection: Connection): AttributeNode | undefined => {
  const row = connection.one('SELECT value FROM meta WHERE name = ?', ROW)
  if (!row) return undefined
  const value: SerializedAttributes = JSON.parse(textOf(row[0]))
  return deserialize(value)
}

/** Whether the tree has every attribute of the document. */
export const coversAttributes = (tree: AttributeNode, document: StoredDocument): boolean =>
  addValue(document, tree) === 0

const PORTION = 1000

/** Builds the tree by reading all documents. */
const countedAttributes = (connection: Connection): AttributeNode => {
  const found = emptyNode()
  let last = 0
  for (;;) {
    const sql = 'SELECT number, json FROM body WHERE number > ? ORDER BY number LIMIT ?'
    const rows = connection.all(sql, last, PORTION)
    for (const row of rows) {
      last = numberOf(row[0])
      const document: StoredDocument = JSON.parse(textOf(row[1]))
      addValue(document, found)
    }
    if (rows.length < PORTION) return found
  }
}

const write = (connection: Connection, tree: AttributeNode): void => {
  const value = JSON.stringify(serialize(tree))
  connection.run('REPLACE INTO meta (name, value) VALUES (?, ?)', ROW, value)
}

/** Recounts all attributes inside a transaction: call `add` for each document, then `keep`. */
export const recountAttributes = (
  connection: Connection,
): {add(document: StoredDocument): void; keep(): void} => {
  const tree = emptyNode()
  return {
    add: (document) => void addValue(document, tree),
    keep: () => write(connection, tree),
  }
}

export const createAttributes = (connection: Connection): Attributes => {
  let tree: AttributeNode | undefined
  let grown = false
  /** Whether the tree was built from the uncommitted documents of the open transaction. */
  let isTentative = false

  const forget = (): void => {
    tree = undefined
    grown = false
    isTentative = false
  }

  return {
    add(document) {
      // An empty dataset, or one written by an older lake, has no stored tree.
      if (!tree) {
        tree = storedAttributes(connection)
        isTentative = tree === undefined
        tree ??= countedAttributes(connection)
      }
      if (addValue(document, tree) > 0) grown = true
    },
    excess(limit) {
      if (!grown || !tree || total(tree) <= limit) return undefined
      tree = countedAttributes(connection)
      const count = total(tree)
      return count > limit ? count : undefined
    },
    flush() {
      if (!grown || !tree) return
      write(connection, tree)
    },
    keep() {
      grown = false
      isTentative = false
    },
    discard() {
      if (grown || isTentative) forget()
    },
    forget,
    remembered: () => tree && serialize(tree),
  }
}
