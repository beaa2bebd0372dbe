import {evaluateSync, parse} from 'groq-js'
import {describe, expect, test} from 'vitest'

import {testDocument} from '../testCommits.ts'
import {referencesOf} from './documentReferences.ts'

const cases: readonly Record<string, unknown>[] = [
  {a: {_ref: 'x'}},
  {a: [{b: {_ref: 'x', _weak: true}}, {_ref: 'y'}]},
  {_ref: 'x', inside: {_ref: 'y'}},
  {a: {_ref: 'x', inside: {_ref: 'y'}}},
  {a: {_ref: '', inside: {_ref: 'y'}}},
  {a: {_ref: 7, inside: {_ref: 'x'}}},
  {a: {_ref: null, inside: {_ref: 'x'}}},
  {a: 'x', b: ['y'], c: {ref: 'x'}},
]

/** Whether groq-js' `references()`, which is the rule, finds the document. */
const refers = (document: object, id: string): boolean => {
  const tree = parse('count(*[references($id)])', {params: {id}})
  const count: unknown = evaluateSync(tree, {dataset: [document], params: {id}}).data
  return count === 1
}

describe('referencesOf', () => {
  test.each(cases)('agrees with groq-js on %j, or says that it cannot', (fields) => {
    const document = testDocument('a', fields)
    const {targets, irregular} = referencesOf(document)
    const ids = ['x', 'y', '']
    const found = ids.filter((id) => targets.has(id))
    const wanted = ids.filter((id) => refers(document, id))
    expect(found).toEqual(expect.arrayContaining(wanted))
    expect(irregular || found.length === wanted.length).toBe(true)
  })

  test('a reference is strong unless it is weak or points to another dataset', () => {
    const {targets} = referencesOf(
      testDocument('a', {
        weak: {_ref: 'weak', _weak: true},
        strong: {_ref: 'strong', _weak: false},
        both: [{_ref: 'both', _weak: true}, {_ref: 'both'}],
        elsewhere: {_ref: 'elsewhere', _dataset: 'other'},
        global: {_ref: 'media:x', _type: 'globalDocumentReference'},
      }),
    )
    expect(Object.fromEntries(targets)).toEqual({
      weak: false,
      strong: true,
      both: true,
      elsewhere: false,
      'media:x': false,
    })
  })
})
