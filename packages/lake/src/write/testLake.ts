/**
 * For the tests of the write room: a dataset in memory (or in a file) with a clock and ids that the
 * test controls, and helpers to send mutations and actions to it.
 */
import {prepareQuery, runQuery} from '@copydesk/groq/engine'
import {expect} from 'vitest'

import type {Commit} from '../core/commit.ts'
import type {Json, JsonObject, StoredDocument} from '../core/document.ts'
import {asLakeError, type LakeError} from '../core/errors.ts'
import type {DatasetStore} from '../store/datasetStore.ts'
import {type DatasetOptions, openDataset} from '../store/openDataset.ts'
import {type AppliedActions, applyActions} from './actions/applyActions.ts'
import {
  applyMutations,
  type AppliedMutations,
  type MutateOptions,
} from './mutations/applyMutations.ts'
import type {OnceOptions} from './transaction/transactOnce.ts'
import type {WriteContext} from './transaction/writeContext.ts'

export interface TestLake {
  readonly store: DatasetStore
  readonly context: WriteContext
  readonly commits: Commit[]
  /** Moves the clock forward. */
  pass(seconds: number): void
  mutate(mutations: readonly Json[], options?: MutateOptions): AppliedMutations
  /** Action types without `sanity.action.` before them. */
  act(actions: readonly JsonObject[], options?: OnceOptions): AppliedActions
  get(id: string): StoredDocument | undefined
  ids(): string[]
}

const START = Date.parse('2026-01-01T00:00:00.000Z')

export const testLake = (
  changes: Partial<WriteContext> = {},
  file?: string,
  options: Partial<DatasetOptions> = {},
): TestLake => {
  const store = openDataset({name: 'test', ...(file !== undefined && {file}), ...options})
  let now = START
  let last = 0
  const commits: Commit[] = []
  const source = store.source({perspective: 'raw', includePrivate: true})
  const context: WriteContext = {
    author: 'alice',
    now: () => now,
    newId: () => `id${++last}`,
    select: (query, params) => {
      const {value} = runQuery(prepareQuery(query, params), {source, params, now})
      return (Array.isArray(value) ? value : []).map((document: JsonObject) => String(document._id))
    },
    ...changes,
  }
  return {
    store,
    context,
    commits,
    pass: (seconds) => {
      now += seconds * 1000
    },
    mutate: (mutations, options = {returnIds: true}) => {
      const done = applyMutations(store, {mutations}, options, context)
      if (done.commit) commits.push(done.commit)
      return done
    },
    act: (actions, options = {}) => {
      const full = actions.map((action) => ({
        ...action,
        actionType: `sanity.action.${String(action.actionType)}`,
      }))
      const done = applyActions(store, {actions: full}, options, context)
      if (done.commit) commits.push(done.commit)
      return done
    },
    get: (id) => store.get(id),
    ids: () => Array.from(source.scan(), ({_id}) => _id),
  }
}

/** The LakeError that `work` throws. */
export const failure = (work: () => unknown): LakeError => {
  try {
    work()
  } catch (error) {
    const known = asLakeError(error)
    if (known) return known
    throw error
  }
  throw new Error('It did not fail')
}

/** Matches an error body with one failed item of the request. */
export const itemFailure = (type: string, fields: JsonObject = {}, index = 0): unknown =>
  expect.objectContaining({
    error: expect.objectContaining({
      items: [{index, error: expect.objectContaining({type, ...fields})}],
    }),
  })

/** A document as sent. */
export const body = (id: string, fields: JsonObject = {}): JsonObject => ({
  _id: id,
  _type: 't',
  ...fields,
})

/** A dataset with these documents. */
export const lakeWith = (...documents: readonly JsonObject[]): TestLake => {
  const lake = testLake()
  if (documents.length > 0) lake.mutate(documents.map((create) => ({create})))
  return lake
}

/** An action on the release `r1`. */
export const release = (verb: string, fields: JsonObject = {}): JsonObject => ({
  actionType: `release.${verb}`,
  releaseId: 'r1',
  ...fields,
})

/** A release `r1` that creates `new`, changes `old` and unpublishes `gone`. */
export const lakeWithRelease = (file?: string): TestLake => {
  const lake = testLake({}, file)
  const version = {actionType: 'document.version.create'}
  lake.mutate([{create: body('old', {n: 1})}, {create: body('gone')}])
  lake.act([
    release('create', {metadata: {title: 'Autumn', releaseType: 'asap'}}),
    {...version, publishedId: 'new', document: body('versions.r1.new', {n: 1})},
    {...version, publishedId: 'old', document: body('versions.r1.old', {n: 2})},
    {actionType: 'document.version.unpublish', publishedId: 'gone', versionId: 'versions.r1.gone'},
  ])
  return lake
}

/** Like `lakeWithRelease`, scheduled for one hour after the start of the clock. */
export const lakeWithSchedule = (file?: string): TestLake => {
  const lake = lakeWithRelease(file)
  lake.act([release('schedule', {publishAt: '2026-01-01T03:00:00+02:00'})])
  return lake
}
