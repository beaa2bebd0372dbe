import {isDeepStrictEqual} from 'node:util'

import fc from 'fast-check'
import {applyPatch} from 'mendoza'
import {expect, it} from 'vitest'

import type {Json, JsonObject, StoredDocument} from '../../core/document.ts'
import {LakeError} from '../../core/errors.ts'
import {testLake} from '../testLake.ts'
import {historyTransactions} from './historyTransactions.ts'
import {pastDocuments} from './pastDocuments.ts'

const seed = Number(process.env['FC_SEED'] ?? Date.now() % 2 ** 31)
const IDS = ['a', 'drafts.a', 'versions.r1.a', 'b', 'c.d']

const id = fc.constantFrom(...IDS)
const json = fc
  .anything({
    // Names that a document may have.
    key: fc.stringMatching(/^[\w-]{1,8}$/),
    maxDepth: 2,
    values: [fc.string(), fc.double(), fc.integer(), fc.boolean(), fc.constant(null)],
  })
  .map((value): Json => JSON.parse(JSON.stringify(value)))
const fields = fc.dictionary(fc.constantFrom('x', 'y', 'z'), json, {noNullPrototype: true})
const reference = fc
  .option(id, {freq: 2})
  .map((_ref): JsonObject => (_ref === null ? {} : {ref: {_ref}}))
const mutation: fc.Arbitrary<JsonObject> = fc.oneof(
  fc
    .tuple(fc.constantFrom('create', 'createOrReplace', 'createIfNotExists'), id, fields, reference)
    .map(([kind, _id, more, ref]) => ({[kind]: {...more, ...ref, _id, _type: 't'}})),
  id.map((of) => ({delete: {id: of}})),
  fc.tuple(id, fields).map(([of, set]) => ({patch: {id: of, set, unset: ['ref']}})),
)
const requests = fc.array(fc.array(mutation, {minLength: 1, maxLength: 3}), {
  minLength: 10,
  maxLength: 30,
})

const same = (found: unknown, expected: unknown) => {
  if (!isDeepStrictEqual(found, expected)) expect(found).toEqual(expected)
}

const withoutRevision = (document: StoredDocument | undefined) => {
  if (document === undefined) return null
  const {_rev, ...rest} = document
  return rest
}

it(`history holds every state, and effects lead from each to the next and back (seed ${seed})`, () => {
  let committed = 0
  const property = fc.property(requests, (all) => {
    const {store, mutate, get} = testLake()
    const states: {
      readonly revision: string
      readonly documents: (StoredDocument | undefined)[]
    }[] = []
    for (const [at, mutations] of all.entries()) {
      const before = IDS.map(get)
      try {
        const {commit} = mutate(mutations, {transactionId: `t${at}`})
        if (!commit) continue
        states.push({revision: `t${at}`, documents: IDS.map(get)})
        for (const change of commit.changes) {
          same(change.before ?? undefined, before[IDS.indexOf(change.id)])
          same(change.after ?? undefined, get(change.id))
        }
      } catch (error) {
        if (!(error instanceof LakeError)) throw error
        same(IDS.map(get), before)
      }
    }

    committed += states.length
    for (const {revision, documents} of states) {
      const there = documents.filter((document) => document !== undefined)
      same(pastDocuments(store.history, IDS, {revision}), there)
    }
    IDS.forEach((of, index) => {
      const lines = Array.from(
        historyTransactions(store.history, {documentIds: [of], includeEffects: true}),
      )
      let state: unknown = null
      for (const {id: revision, effects} of lines) {
        const {apply, revert} = Object(effects)[of]
        const next = applyPatch(state, apply)
        same(applyPatch(next, revert), state)
        const then = states.find((each) => each.revision === revision)
        same(next, withoutRevision(then?.documents[index]))
        state = next
      }
      same(state, withoutRevision(get(of)))
    })
    store.close()
  })
  const report = fc.check(property, {seed, numRuns: 150})
  expect(report.failed && fc.defaultReportMessage(report)).toBe(false)
  expect(committed).toBeGreaterThan(300)
}, 300_000)
