import {afterAll, beforeAll, expect, test} from 'vitest'

import {changed} from './case.ts'
import {soundChanges} from './cases/sound.ts'
import {newsroomDocuments} from './documents.ts'
import {findings} from './findings.ts'
import {openNewsroom} from './newsroom.ts'

let newsroom: Awaited<ReturnType<typeof openNewsroom>>

beforeAll(async () => {
  newsroom = await openNewsroom(newsroomDocuments)
})

afterAll(() => newsroom.close())

const documents = newsroomDocuments.filter(
  ({_id, _type}) => !_id.startsWith('drafts.') && !_type.startsWith('sanity.'),
)

test.each(documents)('no findings for $_id', async (document) => {
  expect(await findings(newsroom.client, document)).toEqual([])
})

test.each(soundChanges)('$why', async (change) => {
  expect(await findings(newsroom.client, changed(change))).toEqual([])
})
