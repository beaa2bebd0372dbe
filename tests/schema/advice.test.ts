import {afterAll, beforeAll, expect, test} from 'vitest'

import {changed} from './case.ts'
import {advice} from './cases/advice.ts'
import {watchRules} from './declaredRules.ts'
import {newsroomDocuments} from './documents.ts'
import {findings} from './findings.ts'
import {openNewsroom} from './newsroom.ts'

const rules = watchRules(['warning', 'info'])
let newsroom: Awaited<ReturnType<typeof openNewsroom>>

beforeAll(async () => {
  newsroom = await openNewsroom(newsroomDocuments)
})

afterAll(() => newsroom.close())

test.each(advice)('$document, $at: $says', async (change) => {
  const document = changed(change)
  const remarks = (await findings(newsroom.client, document)).filter(({level}) => level !== 'error')
  for (const {path, says} of remarks) rules.heard(document, path, says)
  expect(remarks).toContainEqual(
    expect.objectContaining({level: change.level, at: change.at, says: change.says}),
  )
})

test('every warning and every remark has a case that causes it', () => {
  expect(rules.unheard()).toEqual([])
})
