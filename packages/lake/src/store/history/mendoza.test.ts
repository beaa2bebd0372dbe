import {isDeepStrictEqual} from 'node:util'

import fc from 'fast-check'
import {applyPatch, incremental} from 'mendoza'
import {describe, expect, it} from 'vitest'

import type {Json, JsonObject} from '../../core/document.ts'
import {effectsOf, encodeMendoza} from './mendoza.ts'

/** How many pairs of documents: for every change, and in `npm run test:long`. */
const EFFORTS = [
  {pairs: 5000, tags: []},
  {pairs: 40_000, tags: ['long']},
]
const seed = Number(process.env['FC_SEED'] ?? Date.now() % 2 ** 31)

const LONG = 'Ærlig talt, 👩‍💻 skriver — «alt» om morgenen.'
const text = fc.oneof(
  fc.constantFrom('', 'x', LONG),
  fc
    .tuple(fc.nat(LONG.length), fc.nat(LONG.length), fc.constantFrom('', 'é', '😀', 'new words'))
    .map(([from, to, middle]) => (LONG.slice(0, from) + middle + LONG.slice(to)).toWellFormed()),
)
const scalar = fc.oneof(fc.integer({min: 0, max: 3}), text, fc.boolean(), fc.constant(null))
const NAMES = ['a', 'b', 'Z', 'é', '_x', '9']
const name = fc.constantFrom(...NAMES)
const json = fc.letrec<{value: Json; object: JsonObject; member: JsonObject}>((tie) => ({
  value: fc.oneof(
    {depthSize: 'small'},
    scalar,
    fc.array(scalar, {maxLength: 5}),
    tie('object'),
    fc.array(tie('member'), {maxLength: 4}),
    fc.array(tie('value'), {maxLength: 3}),
  ),
  object: fc.dictionary(name, tie('value'), {maxKeys: 4, noNullPrototype: true}),
  member: fc
    .tuple(fc.constantFrom('k', 'l', 'm', 'n'), tie('object'))
    .map(([_key, object]) => ({_key, ...object})),
}))
const document = fc.dictionary(name, json.value, {maxKeys: 5, noNullPrototype: true})

/** The second document shares much of the first, as versions of one document do. */
const pair = fc
  .record({left: document, other: document, kept: fc.subarray(NAMES), before: text, after: text})
  .map(({left, other, kept, before, after}): [JsonObject, JsonObject] => [
    {...left, text: before},
    {
      ...other,
      ...Object.fromEntries(Object.entries(left).filter(([key]) => kept.includes(key))),
      text: after,
    },
  ])

const incrementally = (left: JsonObject, patch: readonly Json[]): unknown =>
  incremental.unwrap(incremental.applyPatch(incremental.wrap(left, 0), [...patch], 1))

type Encode = typeof encodeMendoza

const check = (encode: Encode, numRuns: number, from = seed) =>
  fc.check(
    fc.property(pair, ([left, right]) => {
      const patch = encode(left, right)
      for (const decoded of [applyPatch(left, [...patch]), incrementally(left, patch)]) {
        // `expect` is slow: it is left to show a difference.
        if (!isDeepStrictEqual(decoded, right)) expect(decoded).toEqual(right)
      }
    }),
    {seed: from, numRuns, interruptAfterTimeLimit: 300_000, markInterruptAsFailure: true},
  )

describe(`mendoza (seed ${seed}; FC_SEED repeats it)`, () => {
  for (const {pairs, tags} of EFFORTS) {
    it(
      `gives the next document with both official patchers, ${pairs} times`,
      {tags, timeout: 600_000},
      () => {
        const report = check(encodeMendoza, pairs)
        expect(report.failed && fc.defaultReportMessage(report)).toBe(false)
        expect(report.numRuns).toBe(pairs)
      },
    )
  }

  it.each<[string, Encode]>([
    ['forgets the last instruction', (left, right) => encodeMendoza(left, right).slice(0, -2)],
    [
      'counts code units for bytes',
      (left, right) =>
        encodeMendoza(left, right).map((part) =>
          typeof part === 'number' && part > 30 ? part - 1 : part,
        ),
    ],
  ])('would notice an encoder that %s', (_, fault) => {
    // A fixed seed, so that an error shows in every run or in none.
    expect(check(fault, 2000, 1).failed).toBe(true)
  })
})

describe('patches are as small as the change', () => {
  it.each<[string, JsonObject, JsonObject, Json[]]>([
    ['nothing', {a: 1}, {a: 1}, []],
    ['a field set, one removed', {b: 1, a: 1, c: 2}, {b: 1, a: 2}, [17, 2, 'a', 19, 2]],
    ['a nested field', {a: {b: 1, c: 2}}, {a: {b: 1, c: 3}}, [10, 0, 17, 3, 'c', 15]],
    ['an element appended', {a: [1, 2]}, {a: [1, 2, 3]}, [11, 0, 21, 0, 2, 20, 3, 15]],
    [
      'a keyed element changed and moved',
      {
        a: [
          {_key: 'x', n: 1},
          {_key: 'y', n: 1},
        ],
      },
      {
        a: [
          {_key: 'y', n: 1},
          {_key: 'x', n: 2},
        ],
      },
      [11, 0, 21, 1, 2, 12, 0, 17, 2, 'n', 16, 15],
    ],
    [
      'a word in a string',
      {a: 'Før møtet i går kveld'},
      {a: 'Før møtet i dag'.concat(' kveld')},
      [11, 0, 23, 0, 14, 22, 'dag', 23, 18, 24, 15],
    ],
    ['an array emptied', {a: [1]}, {a: []}, [17, [], 'a']],
  ])('%s', (_, left, right, patch) => {
    expect(encodeMendoza(left, right)).toEqual(patch)
  })
})

it('deletes a field with the name of a method', () => {
  expect(encodeMendoza({toString: 0, valueOf: 'a'}, {valueOf: 'a'})).toEqual([19, 0])
})

it('encodes creation and deletion as clients expect, without revisions', () => {
  const doc = {_id: 'a', _type: 't', _rev: 'r', _createdAt: '', _updatedAt: ''}
  const {_rev, ...rest} = doc
  expect(effectsOf({before: null, after: doc})).toEqual({apply: [0, rest], revert: [0, null]})
  expect(effectsOf({before: doc, after: null})).toEqual({apply: [0, null], revert: [0, rest]})
  expect(effectsOf({before: doc, after: {...doc, _rev: 's'}})).toEqual({apply: [], revert: []})
})
