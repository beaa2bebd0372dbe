import {randomUUID} from 'node:crypto'
import {mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import {BufferedDocument, type CommitHandlerMessage, Mutation} from '@sanity/mutator'
import {afterEach, beforeEach, describe, expect, it, vi} from 'vitest'

import type {Commit} from '../../core/commit.ts'
import type {JsonObject} from '../../core/document.ts'
import {body, testLake} from '../testLake.ts'
import type {OnceOptions} from './transactOnce.ts'

/** A lake that died after a commit and before its answer is, to the next one, a file that was left. */
let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lake-again-'))
})
afterEach(() => rmSync(folder, {recursive: true}))

const open = (author = 'alice') => testLake({author, newId: randomUUID}, join(folder, 'test.db'))

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

/** The headline after a lake that has just opened the file has applied the action. */
const titleAfter = (action: JsonObject, options: OnceOptions, author?: string) => {
  const lake = open(author)
  expect(lake.act([action], options)).toMatchObject({settling: null})
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
    const {transactionId, commit, settling} = lake.act([action], sent('second'))
    expect(transactionId).toBe('second')
    for (const each of [commit, settling]) {
      expect(each?.changes).toMatchObject([
        {id: 'drafts.a', mutations: [{patch: {id: 'drafts.a'}}], after: expected},
      ])
    }
    expect(lake.get('drafts.a')).toMatchObject({...expected, _rev: settling?.transactionId})
    lake.store.close()
  })

  it('is applied when it is sent once more', () => {
    before(WORD)
    const lake = open()
    lake.act([WORD], sent('second'))
    expect(lake.act([WORD], sent('third'))).toMatchObject({settling: null})
    expect(lake.get('drafts.a')).toMatchObject({title: 'one t t'})
    lake.store.close()
  })

  it('is known after a second death', () => {
    before(WORD)
    for (const id of ['second', 'third']) {
      const lake = open()
      expect(lake.act([WORD], sent(id)).settling).not.toBeNull()
      expect(lake.get('drafts.a')).toMatchObject({title: 'one t'})
      lake.store.close()
    }
  })

  it('may be a patch of the published document', () => {
    const patch = {patch: {id: 'a', inc: {n: 1}}}
    const first = open()
    first.mutate([{create: body('a', {n: 1})}])
    first.mutate([patch], sent('first'))
    first.store.close()
    const lake = open()
    expect(lake.mutate([patch], sent('second')).settling).not.toBeNull()
    expect(lake.get('a')).toMatchObject({n: 2})
    lake.store.close()
  })
})

describe('an edit that is sent again under its own transaction id', () => {
  it.each([
    ['by the lake that committed it', false],
    ['by the next lake', true],
  ])('is not done twice: %s', (_, restarts) => {
    before(WORD)
    let lake = open()
    lake.act([editing({set: {title: 'one'}})], sent('second'))
    lake.act([WORD], sent('third'))
    lake.act([editing({set: {subtitle: 'between'}})], sent('fourth'))
    if (restarts) {
      lake.store.close()
      lake = open()
    }
    expect(lake.act([WORD], sent('third'))).toEqual({
      transactionId: 'third',
      commit: null,
      settling: null,
    })
    expect(lake.get('drafts.a')).toMatchObject({title: 'one t'})
    lake.store.close()
  })

  it('is refused if it is of another author, or not from a Studio', () => {
    before(WORD)
    const lake = open()
    expect(() => lake.act([WORD], {transactionId: 'first'})).toThrow('first')
    lake.store.close()
    const other = open('bob')
    expect(() => other.act([WORD], sent('first'))).toThrow('first')
    other.store.close()
  })
})

describe('an edit is applied', () => {
  it('that a sender repeats who means it', () => {
    before(WORD)
    expect(titleAfter(WORD, {transactionId: 'second'})).toBe('one t t')
  })

  it('that another author makes', () => {
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
    expect(lake.act([WORD], sent('second'))).toMatchObject({settling: null})
    expect(lake.get('drafts.a')).toMatchObject({title: 'one t'})
    lake.store.close()
  })

  it('twice by one lake, which has responded to the first', () => {
    const lake = open()
    lake.mutate([{create: body('a', {title: 'one'})}])
    lake.act([WORD], sent('first'))
    expect(lake.act([WORD], sent('second'))).toMatchObject({settling: null})
    expect(lake.get('drafts.a')).toMatchObject({title: 'one t t'})
    lake.store.close()
  })

  it('that a dry run tried out', () => {
    before(WORD)
    const lake = open()
    const tried = lake.act([WORD], {...sent('second'), dryRun: true})
    expect(tried).toMatchObject({settling: null, commit: null})
    expect(lake.act([WORD], sent('second')).settling).not.toBeNull()
    lake.store.close()
  })
})

/** What a listener receives of a commit; missed changes arrive as whole documents. */
const arrival = ({transactionId, timestamp, changes}: Commit, replayed = false): Mutation => {
  const [change] = changes
  if (!change?.after || !change.before) throw new Error('The draft stays')
  return new Mutation({
    mutations: replayed ? [{createOrReplace: {...change.after}}] : [...change.mutations],
    transactionId,
    timestamp,
    previousRev: change.before._rev,
    resultRev: change.after._rev,
  })
}

/** Studio and lake, with the code by which a Studio knows what it has sent and what has come of it. */
describe('a Studio whose edit got no response', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it.each([
    ['receives the commit before it sends the edit again', true],
    ['receives the commit afterwards', false],
  ])('shows what the lake has, when it %s', (_, hearsFirst) => {
    let lake = open()
    lake.mutate([{create: body('drafts.a', {title: 'one'})}])
    const studio = new BufferedDocument(lake.get('drafts.a') ?? null)
    const sending: CommitHandlerMessage[] = []
    studio.commitHandler = (message) => void sending.push(message)
    const write = (title: string): void => {
      studio.add(new Mutation({mutations: [{patch: {id: 'drafts.a', set: {title}}}]}))
      void studio.commit()
    }
    const send = ({mutation}: CommitHandlerMessage): Commit[] => {
      const mutations: {patch: JsonObject}[] = JSON.parse(JSON.stringify(mutation.mutations))
      const edits = mutations.map(({patch: {id: _id, ...patch}}) => editing(patch))
      const {commit, settling} = lake.act(edits, sent(String(mutation.transactionId)))
      return [commit, settling].flatMap((each) => each ?? [])
    }
    const next = (): CommitHandlerMessage => {
      const message = sending.shift()
      if (!message) throw new Error('Nothing is being sent')
      return message
    }

    write('one t')
    const unanswered = next()
    const missed = send(unanswered)
    lake.store.close()
    unanswered.failure()
    write('one two')

    lake = open()
    const hear = () => missed.forEach((commit) => studio.arrive(arrival(commit, true)))
    if (hearsFirst) hear()
    vi.advanceTimersByTime(1000)
    const again = next()
    const commits = send(again)
    again.success()
    if (!hearsFirst) hear()
    // It has begun to send what was written meanwhile.
    const later = next()
    for (const commit of commits) studio.arrive(arrival(commit))
    expect(studio.LOCAL).toMatchObject({title: 'one two'})
    for (const commit of send(later)) studio.arrive(arrival(commit))
    later.success()
    expect(lake.get('drafts.a')).toMatchObject({title: 'one two'})
    expect(studio.LOCAL).toMatchObject({title: 'one two', _rev: lake.get('drafts.a')?._rev})
    expect(studio.document.isConsistent()).toBe(true)
    lake.store.close()
  })
})
