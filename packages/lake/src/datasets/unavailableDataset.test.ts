import {expect, test} from 'vitest'

import {storageFault} from '../store/file/storageFault.ts'
import {unavailableDatasetFor} from './unavailableDataset.ts'

const sqlite = (errcode: number): Error => Object.assign(new Error('as SQLite says it'), {errcode})
const FULL = 13
const DAMAGED = 11

test('a dataset that a full disk prevents from opening asks clients to try again soon', () => {
  const error = storageFault(sqlite(FULL), 'the dataset "news"', '/data/news.sqlite')
  const {isDamaged, reason} = unavailableDatasetFor('news', '/data/news.sqlite', error)
  expect(isDamaged).toBe(false)
  expect(reason).toMatchObject({status: 503, headers: {'retry-after': '1'}})
  expect(reason.message).toBe(
    'The dataset "news" cannot be opened: the disk is full. Free some space on the disk with the data folder, then try again.',
  )
})

test('a damaged one does not, and no client sees the path of its file', () => {
  const error = storageFault(sqlite(DAMAGED), 'the dataset "news"', '/data/news.sqlite')
  const {isDamaged, reason} = unavailableDatasetFor('news', '/data/news.sqlite', error)
  expect(isDamaged).toBe(true)
  expect(reason.status).toBe(503)
  expect(JSON.stringify(reason.body)).not.toContain('/data')
})
