import type {Commit} from '../commit.ts'
import {connect, numberOf, textOf} from './connection.ts'
import {createCounters} from './counters.ts'
import type {DatasetStore, StoreTransaction} from './datasetStore.ts'
import {createDocumentCache} from './documentCache.ts'
import {createDocuments} from './documents.ts'
import {createHistory} from './history.ts'
import {placeOf} from './place.ts'
import {createPostings} from './postings.ts'
import {prepareSchema} from './schema.ts'
import {createShapes} from './shapes.ts'
import {createTerms} from './terms.ts'

export interface DatasetOptions {
  readonly name: string
  /** Path of the dataset's file, created when it does not exist; without it the dataset is in memory. */
  readonly file?: string
  /** Estimated bytes of parsed documents kept for reading again. */
  readonly documentCacheBytes?: number
}

const DOCUMENT_CACHE_BYTES = 64 * 1024 * 1024

/**
 * A commit is on the disk when `transact` returns: WAL with a flush at every commit survives
 * both `kill -9` and a power cut. The page cache is 16 MB; negative numbers are KiB.
 */
const PRAGMAS = `
PRAGMA journal_mode = WAL;
PRAGMA synchronous = FULL;
PRAGMA cache_size = -16384;
PRAGMA temp_store = MEMORY;
PRAGMA journal_size_limit = 67108864;
`

/**
 * Opens a dataset, or makes an empty one. Throws an Error with a sentence for people when the file
 * is damaged, foreign, or of a newer format; such a file is left as it is.
 */
export const openDataset = (options: DatasetOptions): DatasetStore => {
  const path = options.file ?? ':memory:'
  const connection = connect(path)
  try {
    prepareSchema(connection, path)
    connection.script(PRAGMAS)
  } catch (error) {
    connection.close()
    throw error
  }

  const shapes = createShapes(connection)
  const terms = createTerms(connection)
  const counters = createCounters(connection)
  const cache = createDocumentCache(options.documentCacheBytes ?? DOCUMENT_CACHE_BYTES)
  const postings = createPostings(connection, terms, shapes)
  const documents = createDocuments(connection, cache, counters, postings)
  const history = createHistory(connection, documents.get)
  shapes.load()

  let revision = history.last()
  let dataVersion = numberOf(connection.one('PRAGMA data_version')?.[0])
  let touched: Set<string> | undefined

  /** Another process may write to the file: SQLite's `data_version` changes when one has. */
  const catchUp = (): void => {
    const version = numberOf(connection.one('PRAGMA data_version')?.[0])
    if (version === dataVersion) return
    dataVersion = version
    shapes.load()
    const last = history.last()
    if (last === revision) return
    revision = last
    cache.clear()
  }

  const transaction: StoreTransaction = {
    get nextSequence() {
      return revision + 1
    },
    get: documents.get,
    has: documents.has,
    put(document) {
      touched?.add(document._id)
      documents.put(document)
    },
    delete(id) {
      touched?.add(id)
      documents.delete(id)
    },
    strongReferrers(id, limit) {
      const target = terms.find(id)
      if (target === undefined) return []
      return connection
        .all(
          'SELECT layer, grp FROM reference WHERE target = ? AND strong = 1 LIMIT ?',
          target,
          limit,
        )
        .map((row) => textOf(row[0]) + textOf(row[1]))
    },
    idsWithPrefix: (prefix) => idsWithPrefix(prefix),
    idsOfGroup: (publishedId) => idsOfGroup(publishedId),
    hasTransaction: history.has,
    deleteHistory: history.deleteDocument,
    record(commit: Commit) {
      history.record(commit)
    },
  }

  const idsOfGroup = (publishedId: string): string[] =>
    connection
      .all('SELECT layer, grp FROM document WHERE grp = ? ORDER BY layer', publishedId)
      .map((row) => textOf(row[0]) + textOf(row[1]))

  const idsWithPrefix = (prefix: string): string[] => {
    const {layer} = placeOf(`${prefix}x`)
    return connection
      .all(
        `SELECT layer, grp FROM document WHERE layer = ? AND substr(layer || grp, 1, ?) = ? ORDER BY grp`,
        layer,
        prefix.length,
        prefix,
      )
      .map((row) => textOf(row[0]) + textOf(row[1]))
  }

  return {
    name: options.name,
    history,
    get revision() {
      catchUp()
      return revision
    },
    get(id) {
      catchUp()
      return documents.get(id)
    },
    transact(work) {
      if (touched) throw new Error('a transaction is open already')
      connection.script('BEGIN IMMEDIATE')
      touched = new Set()
      try {
        catchUp()
        const result = work(transaction)
        counters.flush()
        connection.script('COMMIT')
        revision = history.last()
        return result
      } catch (error) {
        connection.script('ROLLBACK')
        counters.discard()
        terms.clear()
        for (const id of touched) cache.delete(id)
        throw error
      } finally {
        touched = undefined
      }
    },
    close: () => connection.close(),
  }
}
