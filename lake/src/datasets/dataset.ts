import type {AccessWatch} from '../access/accessWatch.ts'
import {SYSTEM} from '../access/caller.ts'
import type {DatasetRecord} from '../access/project.ts'
import type {Tokens} from '../access/tokens.ts'
import {MAX_MUTATIONS_AT_ONCE, MAX_QUERIES_AT_ONCE} from '../limits.ts'
import {createQueryService, type QueryService} from '../query/queryService.ts'
import type {DatasetStore} from '../store/datasetStore.ts'
import {openDataset} from '../store/openDataset.ts'
import {type CommitStream, createCommitStream} from '../stream/commitStream.ts'
import {createPresence, type Presence} from '../stream/presence.ts'
import {createTurnstile, type Turnstile} from '../turnstile.ts'
import {publishDueReleases} from '../write/schedule.ts'
import {nodeTimer, startScheduler} from '../write/scheduler.ts'

/** An open dataset: its documents, its queries, and the news of what is committed to it. */
export interface Dataset {
  readonly name: string
  /** As the project has it now: public or private, since when, for whom. */
  record(): DatasetRecord
  readonly store: DatasetStore
  readonly queries: QueryService
  readonly commits: CommitStream
  /** What requests to query and to change documents go through. */
  readonly queriesAtOnce: Turnstile
  readonly mutationsAtOnce: Turnstile
  readonly presence: Presence
  close(): void
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
}

export const openLakeDataset = (options: OpenOptions): Dataset => {
  const {record, file, projectId, now, newId, tokens, accessWatch, onError} = options
  const {name} = record()
  const store = openDataset(file === null ? {name} : {name, file})
  const queries = createQueryService(store, {projectId, now})
  const commits = createCommitStream()
  // Releases that came due while no lake was running are published here and now.
  const scheduler = startScheduler({
    store,
    now,
    setTimer: nodeTimer,
    publishDue: () => {
      try {
        for (const commit of publishDueReleases(store, {author: SYSTEM, now, newId})) {
          commits.publish(commit)
        }
      } catch (error) {
        // No request waits for this: the lake goes on, and somebody is told.
        onError(error)
      }
    },
  })
  commits.subscribe(scheduler)
  const presence = createPresence({tokens, accessWatch, newId})
  return {
    name,
    record,
    store,
    queries,
    commits,
    queriesAtOnce: createTurnstile(MAX_QUERIES_AT_ONCE, 'queries'),
    mutationsAtOnce: createTurnstile(MAX_MUTATIONS_AT_ONCE, 'mutate or actions requests'),
    presence,
    close: () => {
      scheduler.close()
      commits.close()
      presence.close()
      queries.close()
      store.close()
    },
  }
}
