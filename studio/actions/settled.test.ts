import {afterEach, beforeEach, expect, test, vi} from 'vitest'

import {type FollowedDocument, settled} from './settled.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** A value that changes and notifies its listeners. */
const changing = <Value>(first: Value) => {
  const listeners = new Set<(value: Value) => void>()
  let value = first
  return {
    listeners,
    set: (next: Value) => {
      value = next
      for (const listener of listeners) listener(next)
    },
    subscribe: (next: (value: Value) => void) => {
      listeners.add(next)
      next(value)
      return {unsubscribe: () => void listeners.delete(next)}
    },
  }
}

const at = (revision: string) => ({
  id: 'a',
  type: 'article',
  draft: {
    _id: 'drafts.a',
    _type: 'article',
    _rev: revision,
    _createdAt: '2021-02-14T12:31:00Z',
    _updatedAt: '2021-02-14T12:31:00Z',
  },
  published: null,
  version: null,
  liveEdit: false,
  liveEditSchemaType: false,
  ready: true,
  transactionSyncLock: null,
  release: undefined,
  scopeId: undefined,
})

const follow = (save = () => {}) => {
  const state = changing(at('1'))
  const isSaved = changing(true)
  const document: FollowedDocument = {state, isSaved, save}
  return {document, state, isSaved}
}

/** The state of a promise now. */
const watch = (promise: ReturnType<typeof settled>) => {
  const seen: string[] = []
  promise.then(
    ({draft}) => seen.push(draft?._rev ?? 'none'),
    (error: unknown) => seen.push(String(error)),
  )
  return seen
}

const never = new AbortController().signal

test('resolves after a quiet period, not at once', async () => {
  const {document, state, isSaved} = follow()
  const seen = watch(settled(document, never))
  await vi.advanceTimersByTimeAsync(300)
  expect(seen).toEqual([])
  await vi.advanceTimersByTimeAsync(100)
  expect(seen).toEqual(['1'])
  expect([state.listeners.size, isSaved.listeners.size]).toEqual([0, 0])
})

test('waits for text typed in the meantime', async () => {
  const {document, state} = follow()
  const seen = watch(settled(document, never))
  await vi.advanceTimersByTimeAsync(300)
  state.set(at('2'))
  await vi.advanceTimersByTimeAsync(300)
  expect(seen).toEqual([])
  await vi.advanceTimersByTimeAsync(100)
  expect(seen).toEqual(['2'])
})

test('sends unsaved text and waits until it has arrived', async () => {
  let sent = 0
  const {document, state, isSaved} = follow(() => {
    sent += 1
  })
  isSaved.set(false)
  const seen = watch(settled(document, never))
  await vi.advanceTimersByTimeAsync(2000)
  expect(sent).toBeGreaterThan(0)
  expect(seen).toEqual([])
  state.set(at('2'))
  isSaved.set(true)
  await vi.advanceTimersByTimeAsync(400)
  expect(seen).toEqual(['2'])
})

test('ignores a state that is not awaited', async () => {
  const {document, state} = follow()
  const seen = watch(settled(document, never, ({draft}) => draft?._rev !== '1'))
  await vi.advanceTimersByTimeAsync(2000)
  expect(seen).toEqual([])
  state.set(at('2'))
  await vi.advanceTimersByTimeAsync(400)
  expect(seen).toEqual(['2'])
})

test('rejects when aborted, and leaves no listener behind', async () => {
  const {document, state, isSaved} = follow()
  isSaved.set(false)
  const controller = new AbortController()
  const seen = watch(settled(document, controller.signal))
  controller.abort(new Error('too late'))
  await vi.advanceTimersByTimeAsync(2000)
  expect(seen).toEqual(['Error: too late'])
  expect([state.listeners.size, isSaved.listeners.size]).toEqual([0, 0])
})
