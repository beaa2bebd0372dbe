import type {AccessWatch} from '../access/accessWatch.ts'
import {SYSTEM} from '../access/caller.ts'
import type {DatasetRecord} from '../access/project.ts'
import type {Tokens} from '../access/tokens.ts'
import {createConcurrencyLimit, type ConcurrencyLimit} from '../core/concurrencyLimit.ts'
import {LakeError, temporarilyUnavailable, tooManyRequests} from '../core/errors.ts'
import {MAX_EXPORTS_AT_ONCE, MAX_MUTATIONS_AT_ONCE, MAX_QUERIES_AT_ONCE} from '../core/limits.ts'
import {createQueryService, type QueryService} from '../query/queryService.ts'
import type {DatasetStore} from '../store/datasetStore.ts'
import {freezeDataset, type FrozenDataset} from '../store/frozenDataset.ts'
import type {ElsewhereReference} from '../store/indexes/documentReferences.ts'
import {openDataset} from '../store/openDataset.ts'
import {type CommitStream, createCommitStream} from '../stream/commitStream.ts'
import {createPresence, type Presence} from '../stream/presence.ts'
import {trackPublicCommits, type PublicCommits} from '../stream/publicCommits.ts'
import {
  dueReleases,
  failedPublication,
  publication,
  publishDueReleases,
} from '../write/actions/schedule.ts'
import {nodeTimer, startScheduler} from '../write/actions/scheduler.ts'
import {createWrites, type Writes} from '../writer/writes.ts'

/** An open dataset: its documents, its queries, and the news of what is committed to it. */
export interface Dataset {
  readonly name: string
  /** As the project has it now: public or private, since when, for whom. */
  record(): DatasetRecord
  readonly store: DatasetStore
  readonly queries: QueryService
  readonly commits: CommitStream
  /** What changes documents, all of it. */
  readonly writes: Writes
  readonly publicCommits: PublicCommits
  /** What requests to query and to change documents go through. */
  readonly queryLimit: ConcurrencyLimit
  readonly mutationLimit: ConcurrencyLimit
  readonly presence: Presence
  /**
   * One state of the documents, for work that takes many turns. Whoever asks closes it; it is closed
   * with the dataset, too.
   * @throws 429 when there are too many.
   */
  freeze(): Promise<FrozenDataset>
  /** Whether it is what requests for its name get; it never opens again. */
  readonly isOpen: boolean
  /**
   * Ends its streams, refuses what waits, and lets nothing more in, all before this returns.
   * @returns Resolved when its threads have ended, too.
   */
  close(): Promise<void>
}

export interface OpenOptions {
  readonly record: () => DatasetRecord
  /** Of the SQLite file; null keeps the dataset in memory. */
  readonly file: string | null
  readonly projectId: string
  /** Milliseconds since 1970. */
  readonly now: () => number
  readonly newId: () => string
  readonly tokens: Tokens
  readonly accessWatch: AccessWatch
  /** Told about failures that no request waits for. */
  readonly onError: (error: unknown) => void
  /** Told once when the file turns out to be damaged, in the middle of whatever reads or writes. */
  readonly onDamage?: (error: unknown) => void
  /** Names of the project's datasets. */
  readonly names: () => readonly string[]
  /** Whether a document of this or another dataset of the project exists. */
  readonly existsElsewhere: (reference: ElsewhereReference) => boolean
}

/** @throws When the file cannot be opened; nothing stays open then. */
export const openLakeDataset = (options: OpenOptions): Dataset => {
  const {record, file, onDamage} = options
  const {name} = record()
  const store = openDataset({name, ...(file !== null && {file}), ...(onDamage && {onDamage})})
  try {
    return openOver(store, options)
  } catch (error) {
    store.close()
    throw error
  }
}

const openOver = (store: DatasetStore, options: OpenOptions): Dataset => {
  const {record, projectId, now, newId, tokens, accessWatch, onError} = options
  const commits = createCommitStream()
  const publicCommits = trackPublicCommits(commits, newId)
  const writes = createWrites({
    store,
    commits,
    projectId,
    now,
    newId,
    datasets: options.names,
    existsElsewhere: options.existsElsewhere,
    onError,
  })

  const queries = createQueryService(store, {projectId, now, turns: writes, onError})

  const publishDue = async (): Promise<void> => {
    for (const {name: release, author = SYSTEM} of dueReleases(store, now())) {
      const write = async (kind: 'actions' | 'mutations', body: object): Promise<void> => {
        const request = {kind, author, caller: null, options: {}}
        await writes.write(request, Buffer.from(JSON.stringify(body)))
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
  const scheduler = startScheduler({
    store,
    now,
    setTimer: nodeTimer,
    onError,
    publishDue: () => {
      // No request waits for this: the lake goes on, and somebody is told.
      if (isOpen) return publishDue().catch(onError)
      // Releases that came due while no lake was running are published here and now.
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
  return {
    name: store.name,
    record,
    store,
    queries,
    commits,
    writes,
    publicCommits,
    queryLimit: createConcurrencyLimit(MAX_QUERIES_AT_ONCE, 'queries'),
    mutationLimit: createConcurrencyLimit(MAX_MUTATIONS_AT_ONCE, 'mutate or actions requests'),
    presence,
    freeze: async () => {
      if (frozen.size >= MAX_EXPORTS_AT_ONCE) {
        throw tooManyRequests(`${MAX_EXPORTS_AT_ONCE} exports of the dataset are running.`, 5)
      }
      const place = {close: () => {}}
      frozen.add(place)
      try {
        const {source, close} = await freezeDataset(store)
        place.close = close
        if (!isOpen) throw temporarilyUnavailable('The dataset was closed meanwhile. Ask again.')
        return {
          source,
          close: () => {
            if (frozen.delete(place)) close()
          },
        }
      } catch (error) {
        frozen.delete(place)
        place.close()
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
      const {isBusy} = writes
      const ended = Promise.all([writes.close(), queries.close()])
      if (!isBusy) store.close()
      // Whoever writes has been answered by then, or is refused.
      await ended
      store.close()
    },
  }
}
