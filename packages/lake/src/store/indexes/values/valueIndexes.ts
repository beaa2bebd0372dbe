/**
 * The value indexes of a dataset: which exist, over which type and path (table `shape`; the rows
 * are in `key` and `reference_key`). They are created and dropped by `maintenance.ts`.
 */
import {type Connection, numberOf, textOf} from '../../file/sqliteConnection.ts'
import {type KeyPath, parseKeyPath} from './keyValues.ts'

/** What a value index covers. */
export interface IndexDefinition {
  /** Documents of this type. Empty for all types: such an index supports only equality. */
  readonly type: string
  /** Written as in `packages/groq/src/source/source.ts`: `slug.current`, `authors[].role`. */
  readonly path: string
  /** Whether entries are sorted by the referenced document first, one entry for each reference. */
  readonly byReference: boolean
}

export interface ValueIndex extends IndexDefinition {
  readonly number: number
  readonly keyPath: KeyPath
  /** Whether it covers every document. Until then it is written to but not read. */
  readonly isReady: boolean
}

/** The indexes in the file, except those being dropped. */
export interface ValueIndexes {
  /** Reads the list again on next use: it has changed, or a transaction failed. */
  forget(): void
  find(definition: IndexDefinition): ValueIndex | undefined
  all(): readonly ValueIndex[]
  /** The indexes that cover documents of the type. */
  ofType(type: string): readonly ValueIndex[]
}

export const definitionKey = ({type, path, byReference}: IndexDefinition): string =>
  `${byReference ? 'r' : 'k'}\n${type}\n${path}`

export const createValueIndexes = (connection: Connection): ValueIndexes => {
  let valueIndexes: ValueIndex[] = []
  /** By path, then by type. Looked up for every condition of every query. */
  let plain = new Map<string, Map<string, ValueIndex>>()
  let byReference = new Map<string, Map<string, ValueIndex>>()
  let byType = new Map<string, readonly ValueIndex[]>()
  let isKnown = false

  const load = (): void => {
    const rows = connection.all(
      "SELECT number, type, path, by_reference, state FROM shape WHERE state <> 'dropping'",
    )
    valueIndexes = []
    plain = new Map()
    byReference = new Map()
    byType = new Map()
    for (const row of rows) {
      const path = textOf(row[2])
      const index: ValueIndex = {
        number: numberOf(row[0]),
        type: textOf(row[1]),
        path,
        byReference: row[3] === 1,
        keyPath: parseKeyPath(path),
        isReady: row[4] === 'ready',
      }
      valueIndexes.push(index)
      const paths = index.byReference ? byReference : plain
      const types = paths.get(path) ?? new Map<string, ValueIndex>()
      paths.set(path, types.set(index.type, index))
    }
    isKnown = true
  }

  return {
    forget: () => void (isKnown = false),
    all() {
      if (!isKnown) load()
      return valueIndexes
    },
    find(definition) {
      if (!isKnown) load()
      return (definition.byReference ? byReference : plain)
        .get(definition.path)
        ?.get(definition.type)
    },
    ofType(type) {
      if (!isKnown) load()
      let list = byType.get(type)
      if (!list) {
        list = valueIndexes.filter((index) => index.type === '' || index.type === type)
        byType.set(type, list)
      }
      return list
    },
  }
}
