import {mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import {afterEach, beforeEach, expect, test} from 'vitest'

import {LakeError} from '../core/errors.ts'
import {openDataset} from '../store/openDataset.ts'
import {commit, testDocument} from '../store/testCommits.ts'
import {prepareCopy} from './prepareCopy.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lake-copy-'))
})
afterEach(() => rmSync(folder, {recursive: true}))

const task = (file: string) => ({
  file,
  name: 'copy',
  from: 'original',
  projectId: 'p',
  skipHistory: true,
  skipReleases: false,
})

test('the history of a copy is left out by a thread', async () => {
  const file = join(folder, 'documents.sqlite')
  const original = openDataset({name: 'original', file})
  for (const n of [1, 2, 3]) commit(original, `t${n}`, {put: [testDocument('a', {n})]})
  expect(original.history.transaction('t1')).toBeDefined()
  original.close()
  await prepareCopy(task(file))
  const copy = openDataset({name: 'copy', file})
  expect(copy.get('a')).toMatchObject({n: 3})
  expect(copy.history.transaction('t1')).toBeUndefined()
  copy.close()
})

test('a file that cannot be opened fails with 503, as everywhere', async () => {
  const failure: unknown = await prepareCopy(task(folder)).catch((error: unknown) => error)
  expect(failure).toBeInstanceOf(LakeError)
  expect(failure).toMatchObject({status: 503})
})
