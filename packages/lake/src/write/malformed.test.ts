import fc from 'fast-check'
import {expect, it} from 'vitest'

import type {Json} from '../core/document.ts'
import {asLakeError} from '../core/errors.ts'
import {applyActions} from './actions/applyActions.ts'
import {applyMutations} from './mutations/applyMutations.ts'
import {testLake} from './testLake.ts'

const seed = Number(process.env['FC_SEED'] ?? Date.now() % 2 ** 31)

const words = (text: string): string[] => text.trim().split(/\s+/)

const WORDS = words(`
  create createOrReplace createIfNotExists delete patch id query params set setIfMissing unset inc
  dec insert diffMatchPatch ifRevisionID before after replace items _id _type _ref _weak _system
  _key publishedId draftId versionId baseId document attributes includeDrafts releaseId metadata
  publishAt ifExists purge a a[0] a[-1].b ..a __proto__`)
const TEXTS = [
  ...words('a b drafts.a versions.r1.a _.releases.r1 r1 t *'),
  '',
  'a b',
  '@@ -1 +1 @@',
]
const ACTIONS = words(`
  document.create document.edit document.publish document.unpublish document.delete
  document.discard document.replaceDraft document.version.create document.version.discard
  document.version.replace document.version.unpublish release.create release.edit release.schedule
  release.unschedule release.publish release.archive release.unarchive release.delete
  release.import document.explode`)

const word = fc.constantFrom(...WORDS)
const {value} = fc.letrec<{value: Json}>((tie) => ({
  value: fc.oneof(
    {depthSize: 'small'},
    fc.constantFrom<Json>(...TEXTS, 0, -1, 1e300, null, true),
    fc.array(tie('value'), {maxLength: 3}),
    fc.dictionary(word, tie('value'), {maxKeys: 4, noNullPrototype: true}),
  ),
}))
const mutation = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .tuple(word, fc.dictionary(word, value, {maxKeys: 5, noNullPrototype: true}))
      .map(([kind, body]) => ({[kind]: body})),
  },
  {weight: 1, arbitrary: value},
)
const action = fc
  .tuple(
    fc.constantFrom(...ACTIONS),
    fc.dictionary(word, value, {minKeys: 2, maxKeys: 8, noNullPrototype: true}),
    fc.constantFrom('a', 'b'),
  )
  .map(([verb, fields, publishedId]) => ({
    publishedId,
    draftId: `drafts.${publishedId}`,
    versionId: `versions.r1.${publishedId}`,
    releaseId: 'r1',
    ...fields,
    actionType: `sanity.action.${verb}`,
  }))

it(`any request is applied or fails with a documented error (seed ${seed}; FC_SEED repeats it)`, () => {
  const {store, context} = testLake()
  let [done, refused, halfDone] = [0, 0, 0]
  const attempt = (work: () => unknown) => {
    const {revision} = store
    try {
      work()
      done++
    } catch (error) {
      // As routing does: a query that cannot be parsed is an error of the engine.
      const documented = asLakeError(error)
      if (!documented || documented.status >= 500) throw error
      if (store.revision !== revision) halfDone++
      refused++
    }
  }
  const property = fc.property(
    fc.array(mutation, {maxLength: 2}),
    fc.array(action, {maxLength: 2}),
    (mutations, actions) => {
      attempt(() => applyMutations(store, {mutations}, {autoGenerateArrayKeys: true}, context))
      attempt(() => applyActions(store, {actions}, {}, context))
    },
  )
  const report = fc.check(property, {seed, numRuns: 5000})
  expect(report.failed && fc.defaultReportMessage(report)).toBe(false)
  expect(halfDone).toBe(0)
  expect(done).toBeGreaterThan(100)
  expect(refused).toBeGreaterThan(1000)
}, 300_000)
