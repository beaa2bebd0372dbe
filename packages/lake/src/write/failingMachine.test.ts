import {randomUUID} from 'node:crypto'
import {mkdtempSync, rmSync, statSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import {afterAll, afterEach, beforeEach, describe, expect, it} from 'vitest'

import type {JsonObject} from '../core/document.ts'
import {LakeError} from '../core/errors.ts'
import {compareWithFresh} from '../store/check/compareWithFresh.ts'
import type {StatementFailure} from '../store/file/sqliteConnection.ts'
import {mountSmallDisk} from '../store/mountSmallDisk.ts'
import {settle, testDocument} from '../store/testCommits.ts'
import {body, failure, release, testLake, type TestLake} from './testLake.ts'

/**
 * A machine that fails in the middle of a transaction: whatever was to be written is not, and the
 * process goes on with what the file says.
 */
let folder: string
let file: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lake-failing-'))
  file = join(folder, 'test.db')
})
afterEach(() => rmSync(folder, {recursive: true}))

/** As node:sqlite throws them. */
const sqliteError = (errcode: number, message: string): Error =>
  Object.assign(new Error(message), {code: 'ERR_SQLITE_ERROR', errcode, errstr: message})

const DISK_FULL = sqliteError(13, 'database or disk is full')
const DISK_FAILED = sqliteError(10, 'disk I/O error')

interface Failed {
  /** What SQLite failed with, and what came out of the lake. */
  readonly failing: Error
  readonly error: LakeError | undefined
  /** What is wrong afterwards. */
  readonly wrong: readonly string[]
}

const createFault = () => {
  let left = Number.POSITIVE_INFINITY
  let next: StatementFailure | undefined
  const failAt = (statement: number, failing: StatementFailure): void => {
    left = statement
    next = failing
  }
  return {
    /** Fails the statement with a number, counted from here. */
    failAt,
    /** Does the work over and over, and fails its first statement, its second one, and so on. */
    failEach(rollsBack: boolean, work: () => unknown, lake: TestLake): readonly Failed[] {
      const failures: Failed[] = []
      for (let statement = 1; ; statement += 1) {
        const failing = statement % 3 === 0 ? DISK_FAILED : DISK_FULL
        failAt(statement, {error: failing, rollsBack})
        const error = errorOf(work)
        const wasReached = left <= 0
        left = Number.POSITIVE_INFINITY
        if (!wasReached) return failures
        failures.push({failing, error, wrong: compareWithFresh(lake.store)})
      }
    },
    fault(): StatementFailure | undefined {
      left -= 1
      return left === 0 ? next : undefined
    },
  }
}

const errorOf = (work: () => unknown): LakeError | undefined => {
  try {
    work()
    return undefined
  } catch (error) {
    if (error instanceof LakeError) return error
    throw error
  }
}

/** Documents of every kind, an index over `n`, and words that are indexed. */
const fill = (lake: TestLake): void => {
  lake.mutate([
    {create: body('victim')},
    {create: body('old', {n: 1, title: 'one two', to: {_ref: 'victim'}})},
  ])
  lake.mutate(
    Array.from({length: 5}, (_, n) => ({
      create: body(`many-${n}`, {n, title: `word${n}`, to: {_ref: 'old', _weak: true}}),
    })),
  )
  lake.act([release('create', {metadata: {title: 'Autumn', releaseType: 'asap'}})])
  const {access} = lake.store.source({perspective: 'raw', includePrivate: true})
  for (let turn = 0; turn < 4; turn += 1)
    access?.ordered({types: ['t'], path: 'n', direction: 'asc'})
  settle(lake.store)
  // In memory.
  for (const id of lake.ids()) lake.store.get(id)
}

/** Touches every table: another target, another attribute, a type that changes, a draft, a version. */
const CHANGES: readonly JsonObject[] = [
  {create: body('new', {n: 9, fresh: {attribute: true}, to: {_ref: 'many-2'}})},
  {createOrReplace: {_id: 'old', _type: 'u', n: 3, to: {_ref: 'many-1'}, more: {_ref: 'many-2'}}},
  {create: body('drafts.many-0', {n: 7, title: 'draft'})},
  {create: body('versions.r1.many-3', {n: 8, _system: {delete: true}})},
  {delete: {id: 'many-4'}},
  {patch: {id: 'many-1', set: {n: 50, to: {_ref: 'never-named', _weak: true}}}},
]

describe('a transaction of which a statement fails', () => {
  it.each([
    ['ends the transaction', true],
    ['leaves it open', false],
  ])('leaves nothing behind, whichever it is, when SQLite %s', (_, rollsBack) => {
    const faults = createFault()
    const lake = testLake({}, file, {smallestIndexed: 0, fault: faults.fault})
    fill(lake)
    expect(compareWithFresh(lake.store)).toEqual([])
    const failures = faults.failEach(rollsBack, () => lake.mutate(CHANGES), lake)
    // BEGIN, COMMIT and what is between them.
    expect(failures.length).toBeGreaterThan(40)
    expect(failures.filter(({wrong}) => wrong.length > 0)).toEqual([])
    for (const {failing, error} of failures) {
      const status = failing === DISK_FULL ? 507 : 503
      expect(error).toMatchObject({status, cause: failing})
      expect(error?.body).toMatchObject({statusCode: status, message: error?.message})
    }
    expect(compareWithFresh(lake.store)).toEqual([])
    expect(lake.get('new')).toMatchObject({n: 9})
    lake.store.close()
  })

  it('leaves nothing behind when an index is built, or history trimmed', () => {
    const faults = createFault()
    const lake = testLake({}, file, {smallestIndexed: 0, fault: faults.fault})
    fill(lake)
    const {access} = lake.store.source({perspective: 'raw', includePrivate: true})
    const build = (): void => {
      for (let turn = 0; turn < 4; turn += 1) {
        access?.ordered({types: ['t'], path: 'title', direction: 'asc'})
      }
      lake.store.maintain(0)
    }
    const trim = (): void => lake.store.trimHistory(lake.store.revision)
    for (const work of [build, trim]) {
      const failures = faults.failEach(true, work, lake)
      expect(failures.length).toBeGreaterThan(3)
      expect(failures.filter(({wrong}) => wrong.length > 0)).toEqual([])
    }
    settle(lake.store)
    expect(compareWithFresh(lake.store)).toEqual([])
    lake.store.close()
  })

  it('fails although the work caught the error and went on', () => {
    const faults = createFault()
    const lake = testLake({}, file, {fault: faults.fault})
    fill(lake)
    const refused = failure(() =>
      lake.store.transact((transaction) => {
        faults.failAt(3, {error: DISK_FULL, rollsBack: true})
        expect(failure(() => transaction.put(testDocument('half'))).status).toBe(507)
        try {
          transaction.put(testDocument('other'))
        } catch {
          // Nor is this one written outside of the transaction.
        }
      }),
    )
    expect(refused.status).toBe(507)
    expect(compareWithFresh(lake.store)).toEqual([])
    expect([lake.get('half'), lake.get('other')]).toEqual([undefined, undefined])
    lake.store.close()
  })

  it('fails with its own error for a dry run or a rejected request', () => {
    const lake = testLake({}, file)
    fill(lake)
    lake.mutate(CHANGES, {dryRun: true})
    expect(compareWithFresh(lake.store)).toEqual([])
    expect(failure(() => lake.mutate([...CHANGES, {create: body('victim')}])).status).toBe(409)
    expect(failure(() => lake.mutate([...CHANGES, {delete: {id: 'many-1'}}])).status).toBe(409)
    expect(compareWithFresh(lake.store)).toEqual([])
    lake.store.close()
  })
})

/** Its result, or the error that it throws. */
const settled = (work: () => unknown): unknown => {
  try {
    return work()
  } catch (error) {
    return error
  }
}

describe('transactions that share a flush', () => {
  it.each([
    ['ends the transaction', true],
    ['leaves it open', false],
  ])('leave nothing halved, whichever statement fails, when SQLite %s', (_, rollsBack) => {
    const faults = createFault()
    const lake = testLake({}, file, {smallestIndexed: 0, fault: faults.fault})
    fill(lake)
    let added = 0
    const failures = faults.failEach(
      rollsBack,
      () =>
        lake.store.together(() => {
          added += 1
          const own = `own-${added}`
          settled(() => lake.mutate([{create: body(own, {[`field${added}`]: 1})}]))
          settled(() => lake.mutate(CHANGES, {dryRun: true}))
          settled(() => lake.mutate([{delete: {id: own}}, {create: body('victim')}]))
          settled(() =>
            lake.mutate([
              {patch: {id: own, set: {n: added, to: {_ref: 'victim'}}}},
              {create: body(`drafts.${own}`)},
            ]),
          )
        }),
      lake,
    )
    expect(failures.length).toBeGreaterThan(60)
    expect(failures.filter(({wrong}) => wrong.length > 0)).toEqual([])
    // An error of one of them leaves the others, unless SQLite has ended the transaction.
    const survived = failures.filter(({error}) => error === undefined)
    expect(survived.length > 0).toBe(!rollsBack)
    expect(lake.get(`own-${added}`)).toMatchObject({n: added})
    expect(lake.get(`drafts.own-${added}`)).toBeDefined()
    lake.store.close()
  })

  it('are each all or none, and see those before them', () => {
    const lake = testLake({}, file)
    lake.mutate([{create: body('victim')}])
    const before = lake.store.revision
    const [first, taken, edit, again] = lake.store.together(() => [
      settled(() => lake.mutate([{create: body('a', {n: 1})}], {transactionId: 'first'})),
      settled(() => lake.mutate([{create: body('b')}, {create: body('a')}])),
      settled(() => lake.mutate([{patch: {id: 'a', inc: {n: 1}}}], {transactionId: 'edit'})),
      settled(() => lake.mutate([{create: body('c')}], {transactionId: 'first'})),
    ])
    expect(first).toMatchObject({transactionId: 'first', commit: {sequence: before + 1}})
    expect(edit).toMatchObject({transactionId: 'edit', commit: {sequence: before + 2}})
    for (const error of [taken, again]) expect(error).toMatchObject({status: 409})
    expect(lake.ids().toSorted()).toEqual(['a', 'victim'])
    expect(lake.get('a')).toMatchObject({n: 2, _rev: 'edit'})
    expect([...lake.store.history.transactions({})].map(({id}) => id).slice(-2)).toEqual([
      'first',
      'edit',
    ])
    expect(compareWithFresh(lake.store)).toEqual([])
    lake.store.close()
  })

  it('count an edit as answered only when it is on the disk', () => {
    const edit = {actionType: 'document.edit', draftId: 'drafts.a', publishedId: 'a'}
    const patched = {...edit, patch: {inc: {n: 1}}}
    const first = testLake({}, file)
    first.mutate([{create: body('a', {n: 1})}])
    first.act([patched], {transactionId: 'first', sentUntilAnswered: true})
    first.store.close()
    const lake = testLake({newId: randomUUID}, file)
    const sendAgain = (transactionId: string) =>
      lake.act([patched], {transactionId, sentUntilAnswered: true})
    const failed = new Error('the flush failed')
    const together = (): unknown =>
      lake.store.together(() => {
        sendAgain('again')
        throw failed
      })
    expect(together).toThrow(failed)
    lake.store.together(() => sendAgain('again'))
    expect(lake.get('drafts.a')).toMatchObject({n: 2})
    expect(compareWithFresh(lake.store)).toEqual([])
    lake.store.close()
  })
})

describe('an edit that is sent again to a lake on a full disk', () => {
  const edit = {
    actionType: 'document.edit',
    draftId: 'drafts.a',
    publishedId: 'a',
    patch: {diffMatchPatch: {title: '@@ -1,3 +1,5 @@\n one\n+ t\n'}},
  }

  it('is applied once, whichever statement of its confirmation fails', () => {
    const first = testLake({}, file)
    first.mutate([{create: body('a', {title: 'one'})}])
    first.act([edit], {transactionId: 'first', sentUntilAnswered: true})
    first.store.close()

    const faults = createFault()
    let ids = 0
    const lake = testLake({newId: () => `own${++ids}`}, file, {fault: faults.fault})
    const failures = faults.failEach(
      true,
      () => lake.act([edit], {transactionId: `again${++ids}`, sentUntilAnswered: true}),
      lake,
    )
    expect(failures.length).toBeGreaterThan(10)
    expect(failures.filter(({error, wrong}) => !error || wrong.length > 0)).toEqual([])
    expect(lake.get('drafts.a')).toMatchObject({title: 'one t'})
    lake.store.close()
  })
})

/** Writes until nothing fits any more, and once more when there is room again. */
const fillUp = (limited: TestLake, makeRoom: () => TestLake): void => {
  let lake = limited
  const acknowledged: string[] = []
  const write = (n: number): void => {
    lake.mutate([
      {create: body(`d-${n}`, {n, to: {_ref: 'victim'}, text: 'x'.repeat(20_000)})},
      {patch: {id: 'victim', inc: {n: 1}}},
    ])
    acknowledged.push(`d-${n}`)
  }
  lake.mutate([{create: body('victim', {n: 0})}])
  const refused = failure(() => {
    for (let n = 0; n < 2000; n += 1) write(n)
  })
  expect(refused.status).toBe(507)
  expect(refused.message).toMatch(/^The disk is full.*Free some space/)
  for (let turn = 0; turn < 3; turn += 1) {
    expect(failure(() => write(5000 + turn)).status).toBe(507)
  }
  expect(compareWithFresh(lake.store)).toEqual([])
  expect(lake.get('victim')).toMatchObject({n: acknowledged.length})
  lake = makeRoom()
  expect(failure(() => lake.mutate([{delete: {id: 'victim'}}])).status).toBe(409)
  write(9000)
  expect(lake.ids().toSorted()).toEqual([...acknowledged, 'victim'].toSorted())
  expect(compareWithFresh(lake.store)).toEqual([])
  lake.store.close()
}

describe('a full disk', () => {
  it('reported by SQLite becomes 507, and nothing is lost', () => {
    const lake = testLake({}, file, {maxPages: 200})
    fillUp(lake, () => {
      lake.store.close()
      return testLake({newId: randomUUID}, file)
    })
    expect(statSync(file).size).toBeGreaterThan(200 * 4096)
  })

  const mounted = mountSmallDisk()
  afterAll(() => mounted?.remove())
  it.skipIf(mounted === undefined)(
    'of 12 MB is answered with 507, and nothing is lost (needs to mount a tmpfs)',
    () => {
      if (mounted === undefined) return
      try {
        const ballast = join(mounted.folder, 'ballast')
        writeFileSync(ballast, 'x'.repeat(3_000_000))
        const lake = testLake({}, join(mounted.folder, 'test.db'))
        fillUp(lake, () => {
          rmSync(ballast)
          return lake
        })
        expect(statSync(join(mounted.folder, 'test.db')).size).toBeGreaterThan(1_000_000)
      } finally {
        mounted.remove()
      }
    },
  )
})
