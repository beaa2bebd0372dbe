import {mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import {afterEach, beforeEach, describe, expect, it} from 'vitest'

import type {JsonObject} from '../core/document.ts'
import {LakeError} from '../core/errors.ts'
import {MAX_DATASET_ATTRIBUTES} from '../core/limits.ts'
import {type TestLake, testLake} from './testLake.ts'

let folder: string
let file: string
let lake: TestLake
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lake-attributes-'))
  file = join(folder, 'documents.sqlite')
  lake = testLake({}, file)
})
afterEach(() => {
  lake.store.close()
  rmSync(folder, {recursive: true})
})

/** `_id`, `_type`, `_rev`, `_createdAt` and `_updatedAt`: every document's. */
const SYSTEM = 5
const PER_DOCUMENT = 900

/** A document with so many attributes of its own. */
const wide = (id: string, count: number): JsonObject => ({
  _id: id,
  _type: 'wide',
  ...Object.fromEntries(Array.from({length: count}, (_, n) => [`${id}_${n}`, n])),
})

/** Leaves room for `room` attributes more. */
const fillUpTo = (room: number): void => {
  let left = MAX_DATASET_ATTRIBUTES - SYSTEM - room
  for (let n = 0; left > 0; n++) {
    const count = Math.min(left, PER_DOCUMENT)
    lake.mutate([{create: wide(`w${n}`, count)}])
    left -= count
  }
}

const refusal = (work: () => unknown): {status: number; body: JsonObject} => {
  try {
    work()
  } catch (error) {
    if (error instanceof LakeError) return {status: error.status, body: error.body}
  }
  throw new Error('it was not refused')
}

const exceeding = (count: number): object => ({
  status: 400,
  body: {
    error: {
      type: 'mutationError',
      description: `Total attribute/datatype count ${count} exceeds limit of ${MAX_DATASET_ATTRIBUTES} (including submitted mutations)`,
      items: [],
    },
  },
})

describe('unique attributes of a dataset', () => {
  it('may reach the documented limit, not one more; a rejected write stores nothing', () => {
    fillUpTo(0)
    expect(refusal(() => lake.mutate([{create: {_type: 'one', more: true}}]))).toEqual(
      exceeding(MAX_DATASET_ATTRIBUTES + 1),
    )
    lake.mutate([{create: {_id: 'again', _type: 'wide', w0_0: 2}}])
    expect(lake.get('again')).toBeDefined()
    expect(lake.ids()).not.toContain('one')
  })

  it('are paths with datatypes: each type counts, and an array counts itself and its types', () => {
    // The array itself; in it integer, float, string, boolean, array and object; `a` as integer and
    // as null.
    const values = [2.5, 3, 4, 'abc', 'def', true, [], {a: 1}, {a: null}, {a: 2}]
    fillUpTo(8)
    expect(refusal(() => lake.mutate([{create: {_type: 'one', values}}]))).toEqual(
      exceeding(MAX_DATASET_ATTRIBUTES + 1),
    )
    lake.mutate([{create: {_id: 'fits', _type: 'one', values: values.slice(0, -2)}}])
    expect(lake.get('fits')).toBeDefined()
  })

  it('go away with the documents that had them', () => {
    fillUpTo(0)
    lake.mutate([{delete: {id: 'w0'}}])
    lake.mutate([{create: wide('x', PER_DOCUMENT)}])
    expect(refusal(() => lake.mutate([{create: {_type: 'one', more: 1}}]))).toEqual(
      exceeding(MAX_DATASET_ATTRIBUTES + 1),
    )
    // In one transaction, too.
    lake.mutate([{patch: {id: 'x', unset: ['x_0'], set: {more: 1}}}])
    expect(lake.get('x')).toMatchObject({more: 1})
  })

  it('are remembered by the file', () => {
    fillUpTo(0)
    lake.store.close()
    lake = testLake({newId: () => 'another'}, file)
    expect(refusal(() => lake.mutate([{create: {_type: 'one', more: true}}]))).toEqual(
      exceeding(MAX_DATASET_ATTRIBUTES + 1),
    )
  })

  it('of a rejected transaction do not count', () => {
    fillUpTo(10)
    const tooWide = Object.fromEntries(Array.from({length: 11}, (_, n) => [`t${n}`, n]))
    expect(refusal(() => lake.mutate([{create: {_type: 'one', ...tooWide}}]))).toEqual(
      exceeding(MAX_DATASET_ATTRIBUTES + 1),
    )
    const {t10: _, ...fits} = tooWide
    lake.mutate([{create: {_id: 'fits', _type: 'one', ...fits}}])
    expect(lake.get('fits')).toBeDefined()
  })
})
