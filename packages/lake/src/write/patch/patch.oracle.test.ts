/**
 * The patch engine against `@sanity/mutator`, the engine inside the Studio, on generated patches.
 *
 * The generator leaves out what the two do differently on purpose; `patch.test.ts` holds a case for
 * each, under "differs from @sanity/mutator". There the mutator
 *  1. never ends on a second `..`, and searches the whole document for a `..` that is not the first step;
 *  2. does an operation twice on a value that a path selects twice (`[0, 0]`, `..a[:4]`, `..a.b`);
 *  3. leaves an empty object behind where `set` meets an index, a filter or `..` below a missing attribute;
 *  4. takes a slice's end 0 for the array's length, and lets a slice select past the end;
 *  5. counts a slice's end as selected when it inserts after it;
 *  6. cannot unset, inc, or diff a value that a filter selects in place of its elements;
 *  7. orders values of different types by JavaScript's rules, and finds only scalars with `name?`;
 *  8. keeps only the last name of a union in `setIfMissing`;
 *  9. throws when `diffMatchPatch` meets a missing attribute;
 * 10. has no `[*]`, no null in filters, and reads `\n` in a quoted text as `n`;
 * 11. puts items before the last elements when it inserts at an index below the first.
 */
import {isDeepStrictEqual} from 'node:util'

import {makePatches, stringifyPatches} from '@sanity/diff-match-patch'
import {extract, Mutation} from '@sanity/mutator'
import fc from 'fast-check'
import {describe, expect, it} from 'vitest'

import {isJsonObject, type Json, type JsonObject} from '../../core/document.ts'
import {parsePatch} from './patch.ts'

/** How many documents are patched: for every change, and in `npm run test:long`. */
const EFFORTS = [
  {documents: 5000, changes: 5000, tags: []},
  {documents: 40_000, changes: 40_000, tags: ['long']},
]
const TIME_LIMIT = 300_000
const seed = Number(process.env['FC_SEED'] ?? Date.now() % 2 ** 31)

const TEXTS = ['', 'x', 'the quick brown fox', 'the quick red fox jumps', 'Ærlig talt 👩‍💻!']

const oneOf = (...texts: string[]) => fc.constantFrom(...texts)
const name = oneOf('a', 'b', 'c')
const scalar = fc.oneof(
  fc.integer({min: -3, max: 3}),
  oneOf(...TEXTS),
  fc.boolean(),
  fc.constant(null),
)
/** An object's `n` is always a number, so that filters may order it. */
const json = fc.letrec<{value: Json; object: JsonObject; members: Json[]}>((tie) => ({
  value: fc.oneof(
    {depthSize: 'small'},
    scalar,
    {weight: 2, arbitrary: fc.array(scalar, {minLength: 1, maxLength: 4})},
    {weight: 2, arbitrary: tie('members')},
    {weight: 2, arbitrary: tie('object')},
    fc.array(tie('value'), {maxLength: 3}),
  ),
  members: fc
    .tuple(fc.subarray(['k', 'l', 'm']), tie('object'))
    .map(([keys, object]) =>
      keys.map((_key, at) => ({_key, ...(at % 2 === 0 ? object : {n: at})})),
    ),
  object: fc
    .tuple(
      fc.dictionary(name, tie('value'), {maxKeys: 3, noNullPrototype: true}),
      fc.option(fc.integer({min: -3, max: 3})),
    )
    .map(([object, n]) => (n === null ? object : {...object, n})),
}))
const document = fc
  .dictionary(name, json.value, {minKeys: 2, maxKeys: 3, noNullPrototype: true})
  .map((fields) => ({_id: 'd', _type: 't', ...fields}))

const inBrackets = (...terms: fc.Arbitrary<string>[]) =>
  fc.tuple(...terms).map((texts) => `[${texts.join(', ')}]`)

const attribute = fc.oneof(
  name.map((n) => `.${n}`),
  name.map((n) => `['${n}']`),
)
const index = oneOf('-4', '-3', '-2', '-1', '0', '1', '2', '3', '4')
const indexInsert = oneOf('-1', '0', '1', '2', '3', '4')
const slice = oneOf('0:', '1:', '-2:', ':1', ':2', ':-1', '0:1', '0:2', '1:2', '1:-1', '-2:-1')
const filter = fc.oneof(
  oneOf('_key=="k"', '_key == "l"', 'n?', 'a.n == 1', '@ == "x"', '@ != 2', '@ == true'),
  fc.tuple(name, oneOf('==', '!='), oneOf('1', '"x"', 'true')).map((parts) => parts.join(' ')),
  fc
    .tuple(oneOf('n'), oneOf('<', '<=', '>', '>='), oneOf('-1', '0', '2'))
    .map((parts) => parts.join(' ')),
)
const names = inBrackets(oneOf('a'), oneOf('b', 'c'))

/** A path as the list of its steps. */
type Path = readonly string[]

const path = (first: fc.Arbitrary<string>, last: fc.Arbitrary<string>): fc.Arbitrary<Path> => {
  const step = fc.oneof(attribute, inBrackets(index), inBrackets(filter))
  return fc
    .tuple(first, fc.array(step, {maxLength: 1}), last)
    .map(([start, middle, end]) => [start, ...middle, end])
}
const anywhere: fc.Arbitrary<Path> = name.map((n) => [`..${n}`])
const elements = fc.oneof(inBrackets(index), inBrackets(filter), inBrackets(filter, index))

type Body = {
  set?: JsonObject
  setIfMissing?: JsonObject
  unset?: string[]
  inc?: Record<string, number>
  dec?: Record<string, number>
  diffMatchPatch?: Record<string, string>
  insert?:
    | {before: string; items: Json[]}
    | {after: string; items: Json[]}
    | {replace: string; items: Json[]}
}
/** A patch of one operation, with its path kept in steps. */
type Case = {readonly path: Path; readonly body: Body}

const operation = <T>(
  paths: fc.Arbitrary<Path>,
  operand: fc.Arbitrary<T>,
  body: (path: string, operand: T) => Body,
): fc.Arbitrary<Case> =>
  fc
    .tuple(paths, operand)
    .map(([steps, value]) => ({path: steps, body: body(steps.join(''), value)}))

const textPatch = fc
  .tuple(oneOf(...TEXTS), oneOf(...TEXTS))
  .map(([from, to]) => stringifyPatches(makePatches(from, to)))
const amount = fc.integer({min: -5, max: 5})
const items = fc.array(scalar, {maxLength: 2})
const insertAt = path(
  name,
  fc.oneof(inBrackets(indexInsert), inBrackets(filter), inBrackets(filter, indexInsert)),
)

const oneOperation: fc.Arbitrary<Case> = fc.oneof(
  operation(
    fc.oneof(path(name, fc.oneof(attribute, elements, names)), anywhere),
    json.value,
    (p, v) => ({set: {[p]: v}}),
  ),
  operation(path(name, fc.oneof(attribute, inBrackets(index))), json.value, (p, v) => ({
    setIfMissing: {[p]: v},
  })),
  operation(
    fc.oneof(
      path(name, fc.oneof(attribute, elements, names, inBrackets(slice))),
      fc.tuple(name, attribute).map(([n, end]) => [`..${n}`, end]),
      anywhere,
    ),
    fc.constant(null),
    (p) => ({unset: [p]}),
  ),
  operation(
    fc.oneof(
      path(name, fc.oneof(attribute, inBrackets(index), inBrackets(filter), inBrackets(slice))),
      anywhere,
    ),
    fc.tuple(oneOf('inc', 'dec'), amount),
    (p, [operator, by]) => ({[operator]: {[p]: by}}),
  ),
  operation(
    path(name, fc.oneof(attribute, inBrackets(index), inBrackets(filter))),
    textPatch,
    (p, v) => ({diffMatchPatch: {[p]: v}}),
  ),
  operation(insertAt, items, (p, v) => ({insert: {before: p, items: v}})),
  operation(insertAt, items, (p, v) => ({insert: {after: p, items: v}})),
  operation(insertAt, items, (p, v) => ({insert: {replace: p, items: v}})),
)

/** Several operations on the same few values: their order is what is compared. */
const manyOperations: fc.Arbitrary<Case> = fc
  .record(
    {
      set: fc.record({a: json.value, 'b.c': scalar}, {requiredKeys: []}),
      setIfMissing: fc.record(
        {a: json.value, 'b.c': fc.constant([]), c: fc.constant([1])},
        {requiredKeys: []},
      ),
      unset: fc.subarray(['a', 'b.c', 'c']),
      inc: fc.record({a: amount, 'b.c': amount}, {requiredKeys: []}),
      dec: fc.record({a: amount, 'b.c': amount}, {requiredKeys: []}),
      insert: fc.oneof(
        items.map((list) => ({before: 'a[0]', items: list})),
        items.map((list) => ({after: 'b.c[-1]', items: list})),
        items.map((list) => ({replace: 'c[0]', items: list})),
      ),
    },
    {requiredKeys: []},
  )
  .map((body) => ({path: [], body}))

const isAttribute = (step: string) => !step.startsWith('[') || step.startsWith("['")
const nameOf = (step: string) => step.replaceAll(/[^abc]/g, '')

/** The values at a path, step by step: `extract` throws on an attribute of a scalar. */
const valuesAt = (doc: JsonObject, steps: Path): unknown[] =>
  steps.reduce<unknown[]>(
    (values, step) =>
      values.flatMap((value) => {
        if (!isAttribute(step)) return extract(`x${step}`, {x: value})
        if (step.startsWith('..')) return extract(step, value)
        return isJsonObject(value) && Object.hasOwn(value, nameOf(step))
          ? [value[nameOf(step)]]
          : []
      }),
    [doc],
  )

const patch = fc.oneof({weight: 9, arbitrary: oneOperation}, {weight: 1, arbitrary: manyOperations})

/** Difference 3: an attribute is missing on the way to an index or a filter. */
const leavesEmptyObject = (doc: JsonObject, {path, body}: Case): boolean => {
  if (!body.set && !body.setIfMissing) return false
  const lastElements = path.findLastIndex((step) => !isAttribute(step))
  return path.slice(0, Math.max(lastElements, 0)).some((step, at) => {
    return (
      isAttribute(step) &&
      valuesAt(doc, path.slice(0, at)).some((value) =>
        isJsonObject(value) ? !Object.hasOwn(value, nameOf(step)) : !Array.isArray(value),
      )
    )
  })
}

/** Difference 6: the last step is a filter, on a value that is not an array. */
const filtersOneValue = (doc: JsonObject, {path, body}: Case): boolean => {
  const last = path.at(-1)
  if (last === undefined || isAttribute(last) || body.set || body.setIfMissing) return false
  return valuesAt(doc, path.slice(0, -1)).some((value) => !Array.isArray(value))
}

/** Undefined for difference 9: what else the path selects stays as it was there, too. */
const byMutator = (doc: JsonObject & {_id: string; _type: string}, body: Body): unknown => {
  try {
    return new Mutation({mutations: [{patch: {id: doc._id, ...body}}]}).apply(doc)
  } catch (error) {
    if (body.diffMatchPatch && String(error).includes('Unable to apply')) return undefined
    throw error
  }
}

/** Does generated patches one after the other on a generated document, on both engines. */
const check = (
  engine: (body: Body) => (doc: JsonObject) => JsonObject,
  documents: number,
  from = seed,
) => {
  const counts = {patches: 0, changes: 0}
  const property = fc.property(
    document,
    fc.array(patch, {minLength: 4, maxLength: 4}),
    (doc, cases) => {
      let current: JsonObject & {_id: string; _type: string} = doc
      for (const each of cases) {
        if (leavesEmptyObject(current, each) || filtersOneValue(current, each)) continue
        const expected = byMutator(current, each.body)
        if (expected === undefined) continue
        const next = engine(each.body)(current)
        // `expect` is slow: it is left to show a difference.
        if (!isDeepStrictEqual(next, expected)) expect(next).toEqual(expected)
        counts.patches++
        if (next !== current) counts.changes++
        current = {...next, _id: 'd', _type: 't'}
      }
    },
  )
  const report = fc.check(property, {
    seed: from,
    numRuns: documents,
    interruptAfterTimeLimit: TIME_LIMIT,
    markInterruptAsFailure: true,
  })
  return {report, counts}
}

const FAULTS: Record<string, (body: Body) => Body> = {
  'forgets unset': (body) => ({...body, unset: []}),
  'adds one too much': (body) =>
    body.inc
      ? {...body, inc: Object.fromEntries(Object.entries(body.inc).map(([p, n]) => [p, n + 1]))}
      : body,
  'inserts after for before': (body) =>
    body.insert && 'before' in body.insert
      ? {insert: {after: body.insert.before, items: body.insert.items}}
      : body,
}

describe(`patches as @sanity/mutator does them (seed ${seed}; FC_SEED repeats it)`, () => {
  for (const {documents, changes, tags} of EFFORTS) {
    it(`on more than ${changes} changes`, {tags, timeout: 2 * TIME_LIMIT}, () => {
      const {report, counts} = check(parsePatch, documents)
      expect(report.failed && fc.defaultReportMessage(report)).toBe(false)
      expect(counts.changes).toBeGreaterThan(changes)
    })
  }

  it.each(Object.entries(FAULTS))('would notice an engine that %s', (_, fault) => {
    // With a seed of its own: a fault is noticed in every run or in none.
    const {report} = check((body) => parsePatch(fault(body)), 20_000, 1)
    expect(report.failed).toBe(true)
    expect(report.interrupted).toBe(false)
  })
})
