import {mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import {expect, test} from 'vitest'

import {openDataset} from '../openDataset.ts'
import {commit, testDocument} from '../testCommits.ts'

/** As node:sqlite throws it. */
const CANNOT_READ = Object.assign(new Error('disk I/O error'), {
  code: 'ERR_SQLITE_ERROR',
  errcode: 10,
  errstr: 'disk I/O error',
})

test('what another process has written is seen after an error while noticing it', () => {
  const folder = mkdtempSync(join(tmpdir(), 'lake-revisions-'))
  const file = join(folder, 'test.sqlite')
  let failing: RegExp | undefined
  const writer = openDataset({name: 'test', file})
  const reader = openDataset({
    name: 'test',
    file,
    fault: (sql) => (failing?.test(sql) ? {error: CANNOT_READ, rollsBack: false} : undefined),
  })
  commit(writer, 'first', {put: [testDocument('a', {n: 1})]})
  reader.catchUp()
  expect(reader.get('a')).toMatchObject({n: 1})

  commit(writer, 'second', {put: [testDocument('a', {n: 2})]})
  failing = /max\(sequence\)/
  expect(() => reader.catchUp()).toThrow(/disk failed/)
  failing = undefined
  reader.catchUp()
  expect(reader.revision).toBe(writer.revision)
  expect(reader.get('a')).toMatchObject({n: 2})

  reader.close()
  writer.close()
  rmSync(folder, {recursive: true})
})
