/**
 * An open dataset: its store, queries, writer, commit stream, presence and scheduled releases, which
 * are opened and closed together.
 */
import type {AccessWatch} from '../access/accessWatch.ts'
import {SYSTEM} from '../access/caller.ts'
import type {DatasetRecord} from '../access/project.ts'
import type {Tokens} from '../access/tokens.ts'
import {createConcurrencyLimit, type ConcurrencyLimit} from '../core/concurrencyLimit.ts'
import {LakeError, temporarilyUnavailable, tooManyRequests} from '../core/errors.ts'
import type {FastOption} from '../core/fast.ts'
import {MAX_EXPORTS_AT_ONCE, MAX_MUTATIONS_AT_ONCE, MAX_QUERIES_AT_ONCE} from '../core/limits.ts'
import {createQueryService, type QueryService} from '../query/queryService.ts'
import type {DatasetStore} from '../store/datasetStore.ts'
import {freezeDataset, type FrozenDataset} from '../store/frozenDataset.ts'
import type {ElsewhereReference} from '../store/indexes/documentReferences.ts'
import type {IndexDefinition} from '../store/indexes/values/valueIndexes.ts'
import {openDataset} from '../store/openDataset.ts'
import {type CommitStream, createCommitStream} from '../stream/commitStream.ts'
import {createPresence, type Presence} from '../stream/presence.ts'
import {trackPublicCommits, type PublicCommits} from '../stream/publicCommits.ts'
import {
  dueReleases,
  failedPublication,
  publication,
  publishDueReleases,
} from '../write/actions/scheduledReleases.ts'
import {nodeTimer, startScheduler} from '../write/actions/scheduler.ts'
import {createDatasetWriter, type DatasetWriter} from '../writer/datasetWriter.ts'

export interface Dataset {
  readonly name: string
  /** Its current entry in the project file: public or private, created when, and so on. */
  record(): DatasetRecord
  readonly store: DatasetStore
  readonly queries: QueryService
  readonly commits: CommitStream
  /** Applies all changes to documents. */
  readonly writer: DatasetWriter
  readonly publicCommits: PublicCommits
  /** Limits on concurrent queries and concurrent writes. */
  readonly queryLimit: ConcurrencyLimit
  readonly mutationLimit: ConcurrencyLimit
  readonly presence: Presence
  /**
   * Freezes one state of the documents, for work over many turns of the event loop. The caller must
   * close it; closing the dataset closes it too.
   * @throws LakeError 429 when there are too many.
   */
  freeze(): Promise<FrozenDataset>
  /** False once it was closed; a closed dataset never opens again. */
  readonly isOpen: boolean
  /**
   * Before it returns: ends the streams, fails waiting requests, and accepts no more.
   * @returns Resolves when the threads have ended too.
   */
  close(): Promise<void>
}

export interface OpenOptions {
  readonly record: () => DatasetRecord
  /** Path of the SQLite file; null keeps the dataset in memory. */
  readonly file: string | null
  readonly projectId: string
  /** Milliseconds since 1970. */
  readonly now: () => number
  readonly newId: () => string
  readonly tokens: Tokens
  readonly accessWatch: AccessWatch
  /** Called with errors of background work. */
  readonly onError: (error: unknown) => void
  /** Called once if the file turns out to be damaged, during any read or write. */
  readonly onDamage?: (error: unknown) => void
  /** Value indexes to build before a query needs them. */
  readonly indexes: readonly IndexDefinition[]
  /** Which optimisations it uses. */
  readonly fast?: FastOption | undefined
  /** See `DatasetOptions`. */
  readonly flushesCommits: boolean
  /** Names of the project's datasets. */
  readonly names: () => readonly string[]
  /** Whether a document of this or another dataset of the project exists. */
  readonly existsElsewhere: (reference: ElsewhereReference) => boolean
  /** Called once the dataset is open, before anything is written to it. */
  readonly onOpen?: (dataset: Dataset) => void
}

/** @throws If the file cannot be opened; nothing stays open then. */
export const openLakeDataset = (options: OpenOptions): Dataset => {
  const {record, file, onDamage, flushesCommits} = options
  const {name} = record()
  const store = openDataset({
    name,
    indexes: options.indexes,
    fast: options.fast,
    flushesCommits,
    ...(file !== null && {file}),
    ...(onDamage && {onDamage}),
  })
  try {
    return createDataset(store, options)
  } catch (error) {
    store.close()
    throw error
  }
}

const createDataset = (store: DatasetStore, options: OpenOptions): Dataset => {
  const {record, projectId, now, newId, tokens, accessWatch, onError} = options
  const commits = createCommitStream()
  const publicCommits = trackPublicCommits(commits, newId)
  const writer = createDatasetWriter({
    store,
    commits,
    projectId,
    flushesCommits: options.flushesCommits,
    now,
    newId,
    datasets: options.names,
    existsElsewhere: options.existsElsewhere,
    onError,
  })

  const queries = createQueryService(store, {
    projectId,
    now,
    turns: writer,
    onError,
    indexes: options.indexes,
    fast: options.fast,
  })

  const publishDue = async (): Promise<void> => {
    for (const {name: release, author = SYSTEM} of dueReleases(store, now())) {
      const write = async (kind: 'actions' | 'mutations', body: object): Promise<void> => {
        const request = {kind, author, caller: null, options: {}}
        await writer.write(request, Buffer.from(JSON.stringify(body)))
      }
      try {
        await write('actions', publication(release))
      } catch (error) {
        if (!(error instanceof LakeError) || error.status >= 500) throw error
        await write('mutations', failedPublication(release, error))
      }
    }
  }

  let isOpen = false
  /** A release that cannot be published because the dataset is being closed waits for the next start. */
  const reportWhileOpen = (error: unknown): void => {
    if (isOpen) onError(error)
  }
  const scheduler = startScheduler({
    store,
    now,
    setTimer: nodeTimer,
    onError,
    publishDue: () => {
      // Background work: report errors and go on.
      if (isOpen) return publishDue().catch(reportWhileOpen)
      // Publish at once the releases that became due while no lake was running.
      try {
        publishDueReleases(store, {author: SYSTEM, now, newId})
      } catch (error) {
        onError(error)
      }
    },
  })
  isOpen = true
  commits.subscribe(scheduler)
  const presence = createPresence({tokens, accessWatch, newId})
  const frozen = new Set<{close: () => void}>()
  const dataset: Dataset = {
    name: store.name,
    record,
    store,
    queries,
    commits,
    writer,
    publicCommits,
    queryLimit: createConcurrencyLimit(MAX_QUERIES_AT_ONCE, 'queries'),
    mutationLimit: createConcurrencyLimit(MAX_MUTATIONS_AT_ONCE, 'mutate or actions requests'),
    presence,
    freeze: async () => {
      if (frozen.size >= MAX_EXPORTS_AT_ONCE) {
        throw tooManyRequests(`${MAX_EXPORTS_AT_ONCE} exports of the dataset are running.`, 5)
      }
      const slot = {close: () => {}}
      frozen.add(slot)
      try {
        const {source, close} = await freezeDataset(store)
        slot.close = close
        if (!isOpen) throw temporarilyUnavailable('The dataset was closed meanwhile. Try again.')
        return {
          source,
          close: () => {
            if (frozen.delete(slot)) close()
          },
        }
      } catch (error) {
        frozen.delete(slot)
        slot.close()
        throw error
      }
    },
    get isOpen() {
      return isOpen
    },
    close: async () => {
      isOpen = false
      scheduler.close()
      commits.close()
      presence.close()
      for (const {close} of frozen) close()
      frozen.clear()
      const {isBusy} = writer
      const ended = Promise.all([writer.close(), queries.close()])
      if (!isBusy) store.close()
      // By now every write has its response or has failed.
      await ended
      store.close()
    },
  }
  options.onOpen?.(dataset)
  return dataset
}
