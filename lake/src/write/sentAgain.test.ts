import {mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import {afterEach, beforeEach, describe, expect, it} from 'vitest'

import type {JsonObject} from '../document.ts'
import {body, failure, testLake} from './testing.ts'
import type {TransactOptions} from './transact.ts'

/** A lake that died after a commit and before its answer is, to the next one, a file that was left. */
let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lake-again-'))
})
afterEach(() => rmSync(folder, {recursive: true}))

const open = (author = 'alice') => testLake({author}, join(folder, 'test.db'))

const editing = (patch: JsonObject): JsonObject => ({
  actionType: 'document.edit',
  draftId: 'drafts.a',
  publishedId: 'a',
  patch,
})

const WORD = editing({diffMatchPatch: {title: '@@ -1,3 +1,5 @@\n one\n+ t\n'}})
const BLOCK = editing({insert: {after: 'body[-1]', items: [{_key: 'k'}]}})

const sent = (transactionId: string) => ({transactionId, sentUntilAnswered: true})

/** Does the action in a lake that ends then. */
const before = (action: JsonObject): void => {
  const lake = open()
  lake.mutate([{create: body('a', {title: 'one', body: []})}])
  lake.act([action], sent('first'))
  lake.store.close()
}

/** The headline after a lake that is new to the file has done the action. */
const titleAfter = (action: JsonObject, options: TransactOptions, author?: string) => {
  const lake = open(author)
  expect(lake.act([action], options)).toMatchObject({sentAgain: false})
  const draft = lake.get('drafts.a')
  lake.store.close()
  return draft?.['title']
}

describe('an edit that was committed last before the lake was opened', () => {
  it.each<[string, JsonObject, JsonObject]>([
    ['a word', WORD, {title: 'one t', body: []}],
    ['a paragraph', BLOCK, {title: 'one', body: [{_key: 'k'}]}],
  ])('is not done twice: %s', (_, action, expected) => {
    before(action)
    const lake = open()
    const again = lake.act([action], sent('second'))
    expect(again).toEqual({transactionId: 'second', commit: null, sentAgain: true})
    expect(lake.get('drafts.a')).toMatchObject({...expected, _rev: 'first'})
    lake.store.close()
  })

  it('is answered under its own id, too', () => {
    before(WORD)
    const lake = open()
    expect(lake.act([WORD], sent('first'))).toMatchObject({sentAgain: true})
    // That was the answer; what uses the id now is something else.
    expect(failure(() => lake.act([WORD], sent('first'))).status).toBe(409)
    lake.store.close()
  })

  it('is done when it is sent once more', () => {
    before(WORD)
    const lake = open()
    lake.act([WORD], sent('second'))
    expect(lake.act([WORD], sent('third'))).toMatchObject({sentAgain: false})
    expect(lake.get('drafts.a')).toMatchObject({title: 'one t t'})
    lake.store.close()
  })

  it('is known after a second death', () => {
    before(WORD)
    const second = open()
    expect(second.act([WORD], sent('second'))).toMatchObject({sentAgain: true})
    second.store.close()
    const third = open()
    expect(third.act([WORD], sent('third'))).toMatchObject({sentAgain: true})
    expect(third.get('drafts.a')).toMatchObject({title: 'one t'})
    third.store.close()
  })

  it('may be a patch of the published document', () => {
    const patch = {patch: {id: 'a', inc: {n: 1}}}
    const first = open()
    first.mutate([{create: body('a', {n: 1})}])
    first.mutate([patch], sent('first'))
    first.store.close()
    const lake = open()
    expect(lake.mutate([patch], sent('second'))).toMatchObject({sentAgain: true, commit: null})
    expect(lake.get('a')).toMatchObject({n: 2})
    lake.store.close()
  })
})

describe('an edit is done', () => {
  it('that a sender repeats who means it', () => {
    before(WORD)
    expect(titleAfter(WORD, {transactionId: 'second'})).toBe('one t t')
  })

  it('that somebody else makes', () => {
    before(WORD)
    expect(titleAfter(WORD, sent('second'), 'bob')).toBe('one t t')
  })

  it('that is another', () => {
    before(WORD)
    expect(titleAfter(editing({set: {title: 'two'}}), sent('second'))).toBe('two')
  })

  it('of a document that has changed since', () => {
    before(WORD)
    const lake = open()
    lake.act([editing({set: {title: 'one'}})], sent('between'))
    expect(lake.act([WORD], sent('second'))).toMatchObject({sentAgain: false})
    expect(lake.get('drafts.a')).toMatchObject({title: 'one t'})
    lake.store.close()
  })

  it('twice by one lake, which has answered the first', () => {
    const lake = open()
    lake.mutate([{create: body('a', {title: 'one'})}])
    lake.act([WORD], sent('first'))
    expect(lake.act([WORD], sent('second'))).toMatchObject({sentAgain: false})
    expect(lake.get('drafts.a')).toMatchObject({title: 'one t t'})
    lake.store.close()
  })

  it('that a dry run tried out', () => {
    before(WORD)
    const lake = open()
    const tried = lake.act([WORD], {...sent('second'), dryRun: true})
    expect(tried).toMatchObject({sentAgain: false, commit: null})
    expect(lake.act([WORD], sent('second'))).toMatchObject({sentAgain: true})
    lake.store.close()
  })
})
