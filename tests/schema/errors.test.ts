import {afterAll, beforeAll, expect, test} from 'vitest'

import {type Case, changed} from './case.ts'
import {articleErrors} from './cases/articleErrors.ts'
import {bodyErrors} from './cases/bodyErrors.ts'
import {otherErrors} from './cases/otherErrors.ts'
import {storyErrors} from './cases/storyErrors.ts'
import {watchRules} from './declaredRules.ts'
import {newsroomDocuments} from './documents.ts'
import {findings} from './findings.ts'
import {openNewsroom} from './newsroom.ts'

const rules = watchRules(['error'])
let newsroom: Awaited<ReturnType<typeof openNewsroom>>

beforeAll(async () => {
  newsroom = await openNewsroom(newsroomDocuments)
})

afterAll(() => newsroom.close())

const cases: readonly Case[] = [...storyErrors, ...bodyErrors, ...articleErrors, ...otherErrors]

test.each(cases)('$document, $at: $says', async (broken) => {
  const document = changed(broken)
  const errors = (await findings(newsroom.client, document)).filter(({level}) => level === 'error')
  for (const {path, says} of errors) rules.heard(document, path, says)
  const said = [...new Set(errors.map(({says}) => says))]
  expect(said).toEqual([broken.says, ...(broken.platformSays ?? [])])
  expect(errors.map(({at}) => at)).toContain(broken.at)
})

test('every rule of level error has a case that breaks it', () => {
  expect(rules.unheard()).toEqual([])
})
