/** The cache of answers: what is kept, shared and shown after its time. */
import {expect, it} from 'vitest'

import {type Answer, type IsWatched, openAnswers} from './answers.ts'

const bytes = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text)

const text = async (answer: Promise<Answer>): Promise<string> =>
  new TextDecoder().decode((await answer).body)

interface Settings {
  readonly maxBytes?: number
  readonly isWatched?: IsWatched
  readonly now?: () => number
}

const cache = ({maxBytes = 1_000_000, isWatched = () => true, now = () => 0}: Settings = {}) =>
  openAnswers({maxBytes, isWatched, now, overhead: 0})

/** Makes numbered answers with these tags, and counts them. */
const maker = (...tags: string[]) => {
  let made = 0
  return async (onTags: (tags: readonly string[]) => void): Promise<Answer> => {
    onTags(tags)
    made += 1
    return {status: 200, headers: {}, body: bytes(String(made))}
  }
}

const fail = () => Promise.reject<Answer>(new Error('The lake does not answer.'))

const gone = async (): Promise<Answer> => ({status: 404, headers: {}, body: bytes('gone')})

it('keeps an answer until one of its tags changes', async () => {
  const answers = cache()
  const make = maker('a', 'b')
  expect(await text(answers.get('/', make))).toBe('1')
  answers.drop(['c'])
  expect(await text(answers.get('/', make))).toBe('1')
  answers.drop(['c', 'b'])
  expect(await text(answers.get('/', make))).toBe('2')
  answers.dropAll()
  expect(await text(answers.get('/', make))).toBe('3')
})

it('makes one answer for requests that come together', async () => {
  const answers = cache()
  const make = maker('a')
  const together = [answers.get('/', make), answers.get('/', make)]
  expect(await Promise.all(together.map(text))).toEqual(['1', '1'])
})

it('neither keeps nor shares an answer that a change overtook', async () => {
  const answers = cache()
  const read = Promise.withResolvers<void>()
  const slow = answers.get('/', async (onTags) => {
    await read.promise
    onTags(['a'])
    return {status: 200, headers: {}, body: bytes('old')}
  })
  // Begins to read before the change, and ends after it.
  await Promise.resolve()
  answers.drop(['a'])
  const next = answers.get('/', maker('a'))
  expect(await text(next)).toBe('1')
  read.resolve()
  expect(await text(slow)).toBe('old')
  expect(await text(answers.get('/', maker('a')))).toBe('1')
})

it('keeps answers for a minute while changes are not reported', async () => {
  let now = 0
  const answers = cache({isWatched: () => false, now: () => now})
  const make = maker('a')
  await answers.get('/', make)
  now = 59_999
  expect(await text(answers.get('/', make))).toBe('1')
  now = 60_000
  expect(await text(answers.get('/', make))).toBe('2')
})

it('shows the last answer when no other can be made', async () => {
  const answers = cache()
  await answers.get('/', maker('a'))
  answers.drop(['a'])
  expect(await text(answers.get('/', fail))).toBe('1')
  await expect(answers.get('/unknown', fail)).rejects.toThrow('The lake does not answer.')
  // It tries again each time.
  expect(await text(answers.get('/', maker('a')))).toBe('1')
})

it('forgets a page that is gone, and keeps no missing ones', async () => {
  const answers = cache()
  await answers.get('/', maker('a'))
  answers.drop(['a'])
  expect(await text(answers.get('/', gone))).toBe('gone')
  expect(await text(answers.get('/', maker('a')))).toBe('1')
})

it('drops what was not used for longest when it is full', async () => {
  const answers = cache({maxBytes: 4})
  const [first, second, third] = [maker(), maker(), maker()]
  await answers.get('/1', first)
  await answers.get('/2', second)
  await answers.get('/1', first)
  // Each takes three bytes of address and one of body, so only one fits.
  expect(await text(answers.get('/1', first))).toBe('2')
  const roomy = cache({maxBytes: 6})
  await roomy.get('/1', first)
  await roomy.get('/2', second)
  await roomy.get('/1', first)
  await roomy.get('/3', third)
  expect(await text(roomy.get('/1', maker()))).not.toBe('1')
})
