import type {StoredDocument} from '../core/document.ts'
import {MAX_DOCUMENT_CACHE_BYTES, PAGE_CACHE_BYTES} from '../core/limits.ts'
import {createDocumentCache} from './caches/documentCache.ts'
import {createReadMeter} from './caches/readMeter.ts'
import {createRememberedRows} from './caches/rememberedRows.ts'
import type {DatasetStore} from './datasetStore.ts'
import {createAttributes} from './documents/attributes.ts'
import {type ChangedIds, createChangedIds} from './documents/changedIds.ts'
import {createDocuments} from './documents/documents.ts'
import {type Connection, connect, type ConnectOptions} from './file/connection.ts'
import {createCounters} from './file/counters.ts'
import {prepareSchema} from './file/schema.ts'
import {createTransaction} from './file/transaction.ts'
import {createHistory} from './history/history.ts'
import {createLastEdit} from './history/lastEdit.ts'
import {createRecentChanges} from './history/recentChanges.ts'
import {createRevisions} from './history/revisions.ts'
import {createDemand} from './indexes/demand.ts'
import {createIdLists} from './indexes/idLists.ts'
import {createIndexFor} from './indexes/indexFor.ts'
import {createMaintenance} from './indexes/maintenance.ts'
import {PUBLISHED_LAYER, placeOf} from './indexes/values/place.ts'
import {createShapes} from './indexes/values/shapes.ts'
import {createPostings} from './indexes/words/postings.ts'
import {createTerms} from './indexes/words/terms.ts'
import {createTokenIndex} from './indexes/words/tokenIndex.ts'
import {createReading, FROZEN} from './reading.ts'
import {createSources} from './sources.ts'

export interface DatasetOptions {
  readonly name: string
  /** Path of the dataset's file, created when it does not exist; without it the dataset is in memory. */
  readonly file?: string
  /** Estimated bytes of parsed documents kept for reading again. */
  readonly documentCacheBytes?: number
  /** Of SQLite's own page cache. */
  readonly pageCacheBytes?: number
  /**
   * Whether a commit is on the disk when `transact` returns (so unless told otherwise). Without, a
   * power cut may take back the last commits, all of each: good enough for indexes.
   */
  readonly flushesCommits?: boolean
  /** Types with fewer documents get no indexes of their own: reading them all is quick. */
  readonly smallestIndexed?: number
  /** Told once when SQLite finds the file damaged after it was opened. */
  readonly onDamage?: ConnectOptions['onDamage']
  /**
   * Reads the state that the file has now, for as long as the store is open, whatever is written
   * meanwhile; for reading by `source` only. The file's log grows until it is closed.
   */
  readonly frozen?: boolean
  /** What fails on purpose, in tests of a machine that fails. */
  readonly fault?: ConnectOptions['fault']
  /** Pages of 4 KB that the file may have, in tests of a full disk. */
  readonly maxPages?: number
}

const SMALLEST_INDEXED = 100

/**
 * A commit is on the disk when `transact` returns: WAL with a flush at every commit survives
 * both `kill -9` and a power cut. The log is copied into the file when it has 16 MB: an import writes
 * the pages of its indexes again and again, and a quarter of that would copy each after every commit.
 */
const PRAGMAS = `
PRAGMA journal_mode = WAL;
PRAGMA temp_store = MEMORY;
PRAGMA wal_autocheckpoint = 4000;
PRAGMA journal_size_limit = 67108864;
`

/**
 * Opens a dataset, or makes an empty one. Throws an Error with a sentence for people when the file
 * is damaged, foreign, or of a newer format; such a file is left as it is.
 */
export const openDataset = (options: DatasetOptions): DatasetStore => {
  const {name, file: path = ':memory:', fault, onDamage, frozen = false} = options
  const connection = connect(path, {
    subject: `the dataset "${name}"`,
    readOnly: frozen,
    ...(fault && {fault}),
    ...(onDamage && {onDamage}),
  })
  try {
    prepareSchema(connection, path)
    if (!frozen) connection.script(PRAGMAS)
    connection.script(
      `PRAGMA synchronous = ${options.flushesCommits === false ? 'NORMAL' : 'FULL'}`,
    )
    // Negative numbers are KiB.
    connection.script(`PRAGMA cache_size = ${-(options.pageCacheBytes ?? PAGE_CACHE_BYTES) / 1024}`)
    if (options.maxPages !== undefined) {
      connection.script(`PRAGMA max_page_count = ${options.maxPages}`)
    }
    if (frozen) connection.takeState()
    return storeOver(connection, options)
  } catch (error) {
    connection.close()
    throw error
  }
}

const storeOver = (connection: Connection, options: DatasetOptions): DatasetStore => {
  const meter = createReadMeter()
  const rows = createRememberedRows(connection, () => reading.isOpen && !changed)
  const shapes = createShapes(connection)
  const terms = createTerms(connection)
  const counters = createCounters(connection, rows)
  const tokens = createTokenIndex(connection, rows)
  const demand = createDemand()
  const indexFor = createIndexFor(rows, counters, terms, shapes, demand)
  const cache = createDocumentCache(options.documentCacheBytes ?? MAX_DOCUMENT_CACHE_BYTES)
  const postings = createPostings(connection, terms, shapes)
  const documents = createDocuments(
    connection,
    cache,
    counters,
    postings,
    () => changed !== undefined,
    meter.parses,
  )
  const current = (id: string): StoredDocument | undefined => documents.find(id)?.document
  const history = createHistory(connection, current)
  const lastEdit = createLastEdit(connection, (transactionId) => {
    catchUp()
    const documentIds = history.transaction(transactionId)?.documentIds ?? []
    return documentIds.every((id) => current(id)?._rev === transactionId) ? documentIds : []
  })
  const ids = createIdLists(connection, terms, counters)
  const attributes = createAttributes(connection)
  const maintenance = createMaintenance({
    connection,
    counters,
    demand,
    postings,
    shapes,
    tokens,
    current,
    smallestIndexed: options.smallestIndexed ?? SMALLEST_INDEXED,
  })

  let overlayVersion = 0
  const source = createSources(
    {connection: meter.through(rows), counters, terms, indexFor, tokens, demand},
    meter.through(connection),
    documents,
    () => overlayVersion,
    () => revisions.current,
  )

  const recent = createRecentChanges(history.last())
  const revisions = createRevisions(connection, history.last, (changedDocuments) => {
    rows.forget()
    shapes.forget()
    attributes.forget()
    if (!changedDocuments) return
    recent.noteAll(history.last())
    overlayVersion += 1
    cache.clear()
  })

  const reading = options.frozen
    ? FROZEN
    : createReading(connection, revisions, (then) => void setTimeout(then, 1))
  let changed: ChangedIds | undefined

  const onChange = (id: string, type?: string): void => {
    changed?.add(id, type)
    if (placeOf(id).layer !== PUBLISHED_LAYER) overlayVersion += 1
  }

  const catchUp = (): void => {
    reading.end()
    revisions.catchUp()
  }

  /** Forgets whatever the transaction left in memory: the file never had it. Reads nothing. */
  const discard = (changes: ChangedIds): void => {
    counters.discard()
    attributes.discard()
    lastEdit.discard()
    terms.clear()
    shapes.forget()
    rows.forget()
    overlayVersion += 1
    for (const id of changes.affected()) cache.delete(id)
  }

  /** The state of this process goes along with that of the file, to the end or back. */
  const inTransaction = <T>(work: () => T): T => {
    if (changed) throw new Error('A transaction is open already: one cannot hold another.')
    reading.end()
    const changes = createChangedIds()
    changed = changes
    try {
      let sequence = 0
      const result = connection.write(() => {
        revisions.catchUp()
        const done = work()
        counters.flush()
        attributes.flush()
        sequence = history.last()
        return done
      })
      // It is committed, and nothing from here on may fail: so nothing reads the file.
      attributes.keep()
      lastEdit.keep()
      rows.forget()
      revisions.advance(sequence)
      changes.publish(recent, sequence)
      return result
    } catch (error) {
      discard(changes)
      throw error
    } finally {
      changed = undefined
      documents.settle()
    }
  }

  return {
    name: options.name,
    file: options.file,
    history,
    lastEdit,
    source,
    idsOfGroup: ids.ofGroup,
    changedSince: recent.since,
    demand,
    get parsedDocuments() {
      return documents.parsed
    },
    get cachedBytes() {
      return cache.bytes
    },
    get revision() {
      if (!changed) reading.glance()
      return revisions.current
    },
    get(id) {
      catchUp()
      return current(id)
    },
    read(work, spend) {
      const counted = spend ? () => meter.during(spend, work) : work
      return changed ? counted() : reading.read(counted)
    },
    catchUp,
    isMaintenanceDue: maintenance.isDue,
    maintain(now) {
      catchUp()
      return maintenance.isDue() && inTransaction(() => maintenance.step(now))
    },
    transact: (work) =>
      inTransaction(() => {
        const nextSequence = revisions.current + 1
        return work(
          createTransaction({attributes, documents, history, ids, tokens, nextSequence, onChange}),
        )
      }),
    noteFault: connection.noteFault,
    copyTo: connection.copyTo,
    trimHistory(before) {
      inTransaction(() => {
        // The token index learns of changes from history.
        while (tokens.isBehind()) tokens.catchUp(Number.MAX_SAFE_INTEGER, current)
        history.trim(before)
      })
    },
    memory: () => ({
      revision: revisions.current,
      documents: cache.entries(),
      terms: terms.entries(),
      attributes: attributes.remembered(),
      unwrittenCounters: counters.unwritten,
      shapes: shapes.all(),
      isInTransaction: changed !== undefined || connection.isTransaction,
    }),
    close() {
      reading.end()
      connection.close()
    },
  }
}
