/** What a small write costs does not depend on the size of the dataset: counted in statements. */
import {mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {DatabaseSync} from 'node:sqlite'

import {afterAll, beforeAll, describe, expect, it} from 'vitest'

import {settle} from '../store/testCommits.ts'
import {body, testLake} from './testLake.ts'

const SIZES = [100, 2000]

interface Work {
  readonly statements: readonly string[]
  readonly parsed: number
}

/** The statements of each small write in a dataset with a number of documents. */
const workOf = (file: string, size: number): Record<string, Work> => {
  let statements: string[] = []
  const lake = testLake({}, file, {
    smallestIndexed: 0,
    documentCacheBytes: 0,
    fault: (sql) => void statements.push(sql.replace(/\s+/g, ' ')),
  })
  lake.mutate([{create: body('topic')}])
  lake.mutate(
    Array.from({length: size}, (_, n) => ({
      create: body(`d${n}`, {slug: {current: `s${n}`}, to: {_ref: 'topic'}, n}),
    })),
  )
  const {access} = lake.store.source({perspective: 'raw', includePrivate: true})
  for (let turn = 0; turn < 4; turn += 1) {
    access?.ordered({types: ['t'], path: 'slug.current', direction: 'asc'})
  }
  settle(lake.store)
  const measure = (write: () => unknown): Work => {
    statements = []
    const before = lake.store.parsedDocuments
    write()
    return {statements, parsed: lake.store.parsedDocuments - before}
  }
  const ids = {draftId: 'drafts.d7', publishedId: 'd7'}
  try {
    return {
      patch: measure(() => lake.mutate([{patch: {id: 'd5', set: {n: -1}}}])),
      slug: measure(() => lake.mutate([{patch: {id: 'd5', set: {slug: {current: 'new'}}}}])),
      create: measure(() => lake.mutate([{create: body('e', {to: {_ref: 'topic'}})}])),
      edit: measure(() => lake.act([{actionType: 'document.edit', ...ids, patch: {set: {n: 1}}}])),
      publish: measure(() => lake.act([{actionType: 'document.publish', ...ids}])),
      refused: measure(() => {
        expect(() => lake.mutate([{delete: {id: 'topic'}}])).toThrow(/referenced|reference/)
      }),
      remove: measure(() => lake.mutate([{delete: {id: 'd9'}}])),
    }
  } finally {
    lake.store.close()
  }
}

describe('a small write', () => {
  let folder: string
  const works: Record<string, Work>[] = []
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'lake-cost-'))
    for (const size of SIZES) works.push(workOf(join(folder, `${size}.db`), size))
  })
  afterAll(() => rmSync(folder, {recursive: true}))

  it.each(['patch', 'slug', 'create', 'edit', 'publish', 'refused', 'remove'])(
    'runs the same statements in a small dataset and in a large one: %s',
    (name) => {
      const [small, large] = works.map((work) => work[name])
      expect(small?.statements.length).toBeGreaterThan(4)
      expect(large).toEqual(small)
    },
  )

  it('finds every row by a key', () => {
    const database = new DatabaseSync(join(folder, `${SIZES[0]}.db`), {readOnly: true})
    const own = works.flatMap((work) => Object.values(work).flatMap(({statements}) => statements))
    const scans = [...new Set(own)]
      .filter((sql) => /^(?:SELECT|INSERT|REPLACE|UPDATE|DELETE)/.test(sql))
      .flatMap((sql) => {
        const plan = database.prepare(`EXPLAIN QUERY PLAN ${sql}`).all()
        return plan
          .map(({detail}) => String(detail))
          .filter((detail) => detail.startsWith('SCAN') && !isShort(detail))
          .map((detail) => `${detail}: ${sql}`)
      })
    database.close()
    // By the number of the transaction, from the last one on.
    expect(scans).toEqual([
      'SCAN transaction_log: SELECT timestamp FROM transaction_log ORDER BY sequence DESC LIMIT 1',
    ])
  })
})

/** Reads a table that has as many rows as there are types, releases or indexes, or one row. */
const isShort = (detail: string): boolean =>
  /^SCAN (?:CONSTANT ROW|sqlite_sequence|counter|shape|token VIRTUAL TABLE INDEX 0:=)/.test(detail)
