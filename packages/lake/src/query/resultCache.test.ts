import {bytesOf} from '@copydesk/groq/engine'
import {
  fuzzOptions,
  PLANTED_FAULT,
  SEARCHES,
  type SearchOptions,
  randomFrom,
  randomDocuments,
  params,
  randomQuery,
} from '@copydesk/groq/testing'
import {describe, expect, it} from 'vitest'

import {DRAFTS, PUBLISHED} from '../core/perspective.ts'
import type {DatasetStore} from '../store/datasetStore.ts'
import {openDataset} from '../store/openDataset.ts'
import {commit} from '../store/testCommits.ts'
import {createQueryService, type ServiceRequest} from './queryService.ts'
import {answerAtOnce} from './testAnswers.ts'

const perspectives = [PUBLISHED, DRAFTS, {layers: ['rA', 'drafts']}, 'raw'] as const

interface Stale {
  readonly seed: number
  readonly asked: ServiceRequest
  readonly kept: string
  readonly fresh: string
}

/** Queries, commits, and queries again with and without the cache, until the results differ. */
const search = (
  {seed, milliseconds, atLeast = 0}: SearchOptions,
  spoil: (store: DatasetStore) => DatasetStore = (store) => store,
): {readonly kept: number; readonly stale: Stale | undefined} => {
  const end = performance.now() + milliseconds
  let kept = 0
  for (let dataset = seed; performance.now() < end || kept < atLeast; dataset++) {
    const random = randomFrom(dataset)
    const store = openDataset({name: 'fuzz', smallestIndexed: 0})
    const service = createQueryService(spoil(store), {projectId: 'fuzz', now: () => 0})
    const answer = (request: ServiceRequest): Uint8Array | undefined => {
      try {
        const given = answerAtOnce(service, request)
        return given && bytesOf(given.result)
      } catch {
        return undefined // A query that is refused has no answer to keep.
      }
    }
    commit(store, 'first', {put: randomDocuments(random, true)})
    const requests = random.list(30, 30, () => ({
      query: randomQuery(random),
      params,
      perspective: random.pick(perspectives),
      includePrivate: true,
    }))
    for (let turn = 0; turn < 8; turn++) {
      const before = requests.map((request) => answer(request))
      const put = randomDocuments(random, true).filter(() => random.chance(0.06))
      const gone = put.length > 0 && random.chance(0.5) ? [] : ['p1', 'drafts.p2', 'drafts.p3']
      const known = gone.filter((id) => store.get(id) && !put.some(({_id}) => _id === id))
      commit(store, `t${turn}`, {put, delete: known})
      for (const [index, asked] of requests.entries()) {
        const after = answer(asked)
        if (after !== undefined && after === before[index]) kept++
        const fresh = answer({...asked, explain: true})
        if (!after || !fresh || Buffer.compare(after, fresh) === 0) continue
        const [old, now] = [String(Buffer.from(after)), String(Buffer.from(fresh))]
        return {kept, stale: {seed: dataset, asked, kept: old, fresh: now}}
      }
    }
    service.close()
    store.close()
  }
  return {kept, stale: undefined}
}

const without =
  (what: 'types' | 'ids') =>
  (store: DatasetStore): DatasetStore => ({
    ...store,
    get revision() {
      return store.revision
    },
    changedSince: (since, dependencies, includeUnpublished) =>
      store.changedSince(since, {...dependencies, [what]: []}, includeUnpublished),
  })

describe('a cached result', () => {
  for (const {seconds, tags} of SEARCHES) {
    it(
      `is the same as a new evaluation after any commit, for ${seconds} s`,
      {tags, timeout: 3_600_000},
      () => {
        const {kept, stale} = search(fuzzOptions(seconds, 300))
        expect(stale && JSON.stringify(stale)).toBeUndefined()
        expect(kept).toBeGreaterThan(200)
      },
    )
  }

  it.each(['types', 'ids'] as const)(
    'is noticed to be stale where %s are forgotten',
    (what) => {
      expect(search(PLANTED_FAULT, without(what)).stale).toBeDefined()
    },
    300_000,
  )
})
