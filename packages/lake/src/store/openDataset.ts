/**
 * Opens a dataset's SQLite file and connects the parts of the store: file, documents, indexes,
 * history and caches. Also keeps memory and file the same when a transaction fails.
 */
import type {StoredDocument} from '../core/document.ts'
import {type FastOption, isFast} from '../core/fast.ts'
import {PAGE_CACHE_BYTES} from '../core/limits.ts'
import type {DatasetStore} from './datasetStore.ts'
import {createAttributes} from './documents/attributes.ts'
import {createCounters} from './documents/counters.ts'
import {createDocumentTable} from './documents/documentTable.ts'
import {PUBLISHED_LAYER, idPartsOf} from './documents/idParts.ts'
import {createDocumentCache} from './fast/documentCache.ts'
import {createRememberedRows} from './fast/rememberedRows.ts'
import {createSeparateReads, createSharedReads, FROZEN_READS} from './fast/sharedReads.ts'
import {prepareSchema} from './file/schema.ts'
import {type Connection, connect, type ConnectOptions} from './file/sqliteConnection.ts'
import {createLastEdit} from './history/lastEdit.ts'
import {type ChangedIds, createChangedIds, createRecentChanges} from './history/recentChanges.ts'
import {createRevisions} from './history/revisions.ts'
import {createHistory} from './history/storedHistory.ts'
import {createIndexRows} from './indexes/indexRows.ts'
import {createIndexUsage} from './indexes/indexUsage.ts'
import {createMaintenance} from './indexes/maintenance.ts'
import {createIndexLookup} from './indexes/read/indexLookup.ts'
import {createRelatedIds} from './indexes/relatedIds.ts'
import {createTargetNumbers} from './indexes/targetNumbers.ts'
import {createTokenIndex} from './indexes/tokenIndex.ts'
import {createValueIndexes, type IndexDefinition} from './indexes/values/valueIndexes.ts'
import {createReadMeter} from './readMeter.ts'
import {createSources} from './sources.ts'
import {createTransaction} from './storeTransaction.ts'

export interface DatasetOptions {
  readonly name: string
  /** Path of the dataset's file, created if missing. Without it the dataset is in memory. */
  readonly file?: string
  /** Estimated bytes of parsed documents kept for reading again. */
  readonly documentCacheBytes?: number
  /** Size of SQLite's own page cache. */
  readonly pageCacheBytes?: number
  /**
   * Whether a commit is on the disk when `transact` returns; default true. Otherwise a power cut
   * may undo the last commits, each as a whole: acceptable for indexes, which can be rebuilt, and for
   * a lake whose `durability` says so.
   */
  readonly flushesCommits?: boolean
  /**
   * Whether SQLite's log is copied into the file by `checkpoint` alone, because a commit that does so
   * would keep other writers waiting.
   */
  readonly checkpointsLater?: boolean
  /** Types with fewer documents get no value indexes: reading all of them is quick. */
  readonly smallestIndexed?: number
  /** Value indexes to build before a query needs them. */
  readonly indexes?: readonly IndexDefinition[] | undefined
  /** Called once if SQLite finds the file damaged after it was opened. */
  readonly onDamage?: ConnectOptions['onDamage']
  /**
   * Reads only the state that the file has now, whatever is written later. Such a store supports
   * `source` only, and SQLite's log grows until it is closed.
   */
  readonly frozen?: boolean
  /** Makes statements fail, for tests. */
  readonly fault?: ConnectOptions['fault']
  /** Which optimisations it uses. */
  readonly fast?: FastOption | undefined
  /** Largest size of the file in pages of 4 KB, for tests of a full disk. */
  readonly maxPages?: number
}

const SMALLEST_INDEXED = 100

/** An open transaction of SQLite, in which one or more transactions of the store share one flush. */
interface Flush {
  /** What each of those that succeeded has changed. */
  readonly changes: ChangedIds[]
  /** Of the last one that succeeded, or else of the last commit before. */
  sequence: number
}

/** Steps of maintenance after which the log is copied into the file: about a megabyte. */
const STEPS_IN_LOG = 16

/**
 * A write-ahead log with a flush at every commit survives both `kill -9` and a power cut. The log
 * is copied into the file at 16 MB. An import rewrites the pages of its indexes again and again;
 * with SQLite's default of 4 MB each would be copied after every commit.
 */
const PRAGMAS = `
PRAGMA journal_mode = WAL;
PRAGMA temp_store = MEMORY;
PRAGMA wal_autocheckpoint = 4000;
PRAGMA journal_size_limit = 67108864;
`

/**
 * Opens a dataset, or creates an empty one.
 * @throws Error whose message says what to do, if the file is damaged, is not a dataset, or has a
 *   newer format. Such a file is not changed.
 */
export const openDataset = (options: DatasetOptions): DatasetStore => {
  const {name, file: path = ':memory:', fault, onDamage, frozen = false} = options
  const connection = connect(path, {
    subject: `the dataset "${name}"`,
    readOnly: frozen,
    ...(fault && {fault}),
    ...(onDamage && {onDamage}),
    fast: options.fast,
  })
  try {
    prepareSchema(connection, path)
    if (!frozen) connection.script(PRAGMAS)
    if (options.checkpointsLater) connection.script('PRAGMA wal_autocheckpoint = 0')
    connection.script(
      `PRAGMA synchronous = ${options.flushesCommits === false ? 'NORMAL' : 'FULL'}`,
    )
    // Negative numbers are KiB.
    connection.script(`PRAGMA cache_size = ${-(options.pageCacheBytes ?? PAGE_CACHE_BYTES) / 1024}`)
    if (options.maxPages !== undefined) {
      connection.script(`PRAGMA max_page_count = ${options.maxPages}`)
    }
    if (frozen) connection.takeState()
    return createStore(connection, options)
  } catch (error) {
    connection.close()
    throw error
  }
}

const createStore = (connection: Connection, options: DatasetOptions): DatasetStore => {
  const {fast, smallestIndexed = SMALLEST_INDEXED} = options
  const meter = createReadMeter()
  const rows = createRememberedRows(connection, () => reading.isOpen && !flush, fast)
  const valueIndexes = createValueIndexes(connection)
  const targetNumbers = createTargetNumbers(connection, fast)
  const counters = createCounters(connection, rows)
  const tokens = createTokenIndex(connection, rows)
  const indexUsage = createIndexUsage()
  const indexLookup = createIndexLookup(
    rows,
    counters,
    targetNumbers,
    valueIndexes,
    indexUsage,
    smallestIndexed,
  )
  const cache = createDocumentCache({bytes: options.documentCacheBytes, fast})
  const indexRows = createIndexRows(connection, targetNumbers, valueIndexes)
  const documentTable = createDocumentTable(connection, cache, counters, indexRows, meter.parses)
  const current = (id: string): StoredDocument | undefined => documentTable.find(id)?.document
  const history = createHistory(connection, current)
  const lastEdit = createLastEdit(connection, (transactionId) => {
    catchUp()
    const documentIds = history.transaction(transactionId)?.documentIds ?? []
    return documentIds.every((id) => current(id)?._rev === transactionId) ? documentIds : []
  })
  const relatedIds = createRelatedIds(connection, targetNumbers, counters)
  const attributes = createAttributes(connection)
  const maintenance = createMaintenance({
    connection,
    counters,
    indexUsage,
    indexRows,
    valueIndexes,
    tokens,
    current,
    smallestIndexed,
    declared: options.indexes ?? [],
  })

  let overlayVersion = 0
  /** How many copies are being made. */
  let copies = 0
  const nextMaintenance = (): ReturnType<typeof maintenance.next> =>
    // A copy of a dataset in memory fails if it meets a transaction.
    copies > 0 && options.file === undefined ? undefined : maintenance.next()

  /** Steps of maintenance that are only in SQLite's log. */
  let stepsInLog = 0
  const source = createSources(
    {
      connection: meter.through(rows),
      document: current,
      counters,
      targetNumbers,
      indexLookup,
      tokens,
      indexUsage,
    },
    meter.through(connection),
    documentTable,
    () => overlayVersion,
    fast,
  )

  const recent = createRecentChanges(history.last())
  const revisions = createRevisions(connection, history.last, (sequence, changedDocuments) => {
    rows.forget()
    valueIndexes.forget()
    attributes.forget()
    if (!changedDocuments) return
    recent.noteAll(sequence)
    overlayVersion += 1
    cache.clear()
  })

  const reading = options.frozen
    ? FROZEN_READS
    : isFast(fast, 'sharedReads')
      ? createSharedReads(connection, revisions, (then) => void setTimeout(then, 1))
      : createSeparateReads(connection, revisions)
  let changed: ChangedIds | undefined
  let flush: Flush | undefined

  const onChange = (id: string, type?: string): void => {
    changed?.add(id, type)
    if (idPartsOf(id).layer !== PUBLISHED_LAYER) overlayVersion += 1
  }

  const catchUp = (): void => {
    reading.end()
    revisions.catchUp()
  }

  /** Removes from memory what failed transactions left there. Does not read the file. */
  const discard = (changes: ChangedIds): void => {
    counters.discard()
    attributes.discard()
    lastEdit.discard()
    targetNumbers.clear()
    valueIndexes.forget()
    rows.forget()
    overlayVersion += 1
    for (const id of changes.affected()) cache.delete(id)
  }

  /**
   * Runs one or more of the store's transactions in one SQLite transaction. Keeps memory equal to the
   * file, whether it commits or fails.
   */
  const flushing = <T>(work: (own: Flush) => T): T => {
    if (flush) throw new Error('A transaction is open already: one cannot hold another.')
    reading.end()
    const {unanswered} = lastEdit
    const own: Flush = {changes: [], sequence: 0}
    flush = own
    try {
      const result = connection.write(() => {
        revisions.catchUp()
        own.sequence = revisions.current
        return work(own)
      })
      // The transaction is committed, so nothing may fail from here on: do not read the file.
      rows.forget()
      revisions.advance(own.sequence)
      for (const changes of own.changes) changes.publish(recent, own.sequence)
      return result
    } catch (error) {
      if (own.changes.length > 0) attributes.forget()
      for (const changes of own.changes) discard(changes)
      lastEdit.setUnanswered(unanswered)
      throw error
    } finally {
      flush = undefined
    }
  }

  /** One transaction of the store, which is all or a part of one of SQLite. */
  const transaction = <T>(own: Flush, isPart: boolean, work: (own: Flush) => T): T => {
    if (changed) throw new Error('A transaction is open already: one cannot hold another.')
    const changes = createChangedIds()
    changed = changes
    let {sequence} = own
    const run = (): T => {
      const result = work(own)
      counters.flush()
      attributes.flush()
      sequence = history.last()
      return result
    }
    try {
      const result = isPart ? connection.part(run) : run()
      own.sequence = sequence
      own.changes.push(changes)
      attributes.keep()
      lastEdit.keep()
      return result
    } catch (error) {
      discard(changes)
      throw error
    } finally {
      changed = undefined
      documentTable.settle()
    }
  }

  const inTransaction = <T>(work: (own: Flush) => T): T =>
    flush ? transaction(flush, true, work) : flushing((own) => transaction(own, false, work))

  return {
    name: options.name,
    file: options.file,
    history,
    lastEdit,
    source,
    idsOfGroup: relatedIds.ofGroup,
    changedSince: recent.since,
    indexUsage,
    get parsedDocuments() {
      return documentTable.parsed
    },
    get cachedBytes() {
      return cache.bytes
    },
    get revision() {
      if (!flush) reading.glance()
      return revisions.current
    },
    get(id) {
      catchUp()
      return current(id)
    },
    read(work, spend) {
      const counted = spend ? () => meter.during(spend, work) : work
      return flush ? counted() : reading.read(counted)
    },
    catchUp,
    nextMaintenance,
    maintain(now) {
      catchUp()
      const next = nextMaintenance()
      if (next === 'read') maintenance.read()
      if (next === 'write') {
        inTransaction(() => maintenance.write(now))
        stepsInLog += 1
      }
      return nextMaintenance() !== undefined
    },
    checkpoint() {
      if (stepsInLog < STEPS_IN_LOG) return
      stepsInLog = 0
      connection.all('PRAGMA wal_checkpoint(PASSIVE)')
    },
    together: (work) => flushing(() => work()),
    transact: (work) =>
      inTransaction((own) => {
        const nextSequence = own.sequence + 1
        return work(
          createTransaction({
            attributes,
            documents: documentTable,
            history,
            ids: relatedIds,
            tokens,
            nextSequence,
            onChange,
          }),
        )
      }),
    noteFault: connection.noteFault,
    async copyTo(file) {
      copies += 1
      try {
        await connection.copyTo(file)
      } finally {
        copies -= 1
      }
    },
    trimHistory(before) {
      inTransaction(() => {
        // The token index reads from history what changed.
        while (tokens.isBehind()) tokens.catchUp(Number.MAX_SAFE_INTEGER, current)
        history.trim(before)
      })
    },
    memory: () => ({
      revision: revisions.current,
      documentTable: cache.entries(),
      targetNumbers: targetNumbers.entries(),
      attributes: attributes.remembered(),
      unwrittenCounters: counters.unwritten,
      valueIndexes: valueIndexes.all(),
      isInTransaction: flush !== undefined || connection.isTransaction,
    }),
    close() {
      reading.end()
      connection.close()
    },
  }
}
