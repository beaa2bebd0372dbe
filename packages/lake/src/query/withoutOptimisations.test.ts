import {bytesOf, QueryError} from '@copydesk/groq/engine'
import {
  fuzzOptions,
  params,
  randomDocuments,
  randomFrom,
  randomQuery,
  PLANTED_FAULT,
  SEARCHES,
  type SearchOptions,
} from '@copydesk/groq/testing'
import {describe, expect, it} from 'vitest'

import {LakeError} from '../core/errors.ts'
import type {FastOption} from '../core/fast.ts'
import {DRAFTS, PUBLISHED} from '../core/perspective.ts'
import type {DatasetStore} from '../store/datasetStore.ts'
import {openDataset} from '../store/openDataset.ts'
import {commit, settle} from '../store/testCommits.ts'
import {createQueryService, type QueryService, type ServiceRequest} from './queryService.ts'
import {answerAtOnce} from './testAnswers.ts'

const perspectives = [PUBLISHED, DRAFTS, {layers: ['rA', 'drafts']}, 'raw'] as const

/** A result as bytes and its sync tags, or the message of an error. Undefined if it takes long. */
const answerOf = (service: QueryService, request: ServiceRequest): string | undefined => {
  try {
    const given = answerAtOnce(service, request)
    if (!given) return undefined
    // The tag of any change covers all others, which follow from the documents that were read.
    const any = given.syncTags.find((tag) => tag.endsWith(':anything'))
    return `${Buffer.from(bytesOf(given.result))} ${any ?? given.syncTags.join()}`
  } catch (error) {
    if (error instanceof LakeError || error instanceof QueryError) return error.message
    throw error
  }
}

/**
 * The same commits and queries with all optimisations and with none, each query twice, so that caches
 * answer the second.
 */
const search = (
  {seed, milliseconds, atLeast = 0}: SearchOptions,
  spoil: (store: DatasetStore) => DatasetStore = (store) => store,
): {readonly compared: number; readonly difference: string | undefined} => {
  const end = performance.now() + milliseconds
  let compared = 0
  for (let dataset = seed; performance.now() < end || compared < atLeast; dataset += 1) {
    const random = randomFrom(dataset)
    const sides = [true, false].map((fast: FastOption) => {
      const store = openDataset({name: 'fuzz', smallestIndexed: 0, fast})
      const seen = fast ? spoil(store) : store
      return {store, service: createQueryService(seen, {projectId: 'fuzz', now: () => 0, fast})}
    })
    const requests = random.list(20, 20, () => ({
      query: randomQuery(random),
      params,
      perspective: random.pick(perspectives),
      includePrivate: random.chance(0.8),
    }))
    for (let turn = 0; turn < 4; turn += 1) {
      const put = randomDocuments(random, true).filter(() => turn === 0 || random.chance(0.1))
      for (const {store} of sides) {
        commit(store, `t${turn}`, {put})
        settle(store)
      }
      for (const request of [...requests, ...requests]) {
        const [fast, plain] = sides.map(({service}) => answerOf(service, request))
        if (fast === undefined || plain === undefined) continue
        compared += 1
        if (fast !== plain) {
          return {
            compared,
            difference: `FUZZ_SEED=${dataset} ${JSON.stringify(request)}\nfast: ${fast}\nplain: ${plain}`,
          }
        }
      }
    }
    for (const {store, service} of sides) {
      void service.close()
      store.close()
    }
  }
  return {compared, difference: undefined}
}

/** A store that says that nothing has changed. */
const stale = (store: DatasetStore): DatasetStore => ({
  ...store,
  get revision() {
    return store.revision
  },
  changedSince: () => false,
})

describe('a query service', () => {
  for (const {seconds, tags} of SEARCHES) {
    it(
      `gives the same results without its optimisations, for ${seconds} s`,
      {tags, timeout: 3_600_000},
      () => {
        const {compared, difference} = search(fuzzOptions(seconds, 300))
        expect(difference).toBeUndefined()
        expect(compared).toBeGreaterThan(200)
      },
    )
  }

  it('would differ with a cache that misses a change', () => {
    expect(search(PLANTED_FAULT, stale).difference).toBeDefined()
  }, 300_000)
})
