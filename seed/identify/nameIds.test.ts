import fc from 'fast-check'
import {describe, expect, test} from 'vitest'

import type {ParsedStory} from '../model/parsedStory.ts'
import {parseStory} from '../parse/parseStory.ts'
import {idsOf} from './ids.ts'
import {nameIds, type StoredName} from './nameIds.ts'

const story = (topics: string, by = 'Ada Quill'): ParsedStory => {
  const text = `date 2021-02-15 unilad\nA headline\nby : ${by} on : 14 Feb 2021 12:31\nA sentence.\nTopics: ${topics}\n`
  return parseStory('a.txt', new TextEncoder().encode(text))
}
const exact = (name: string): string => idsOf({kind: 'topic', name}).byName
const stored = (_id: string, name: string): StoredName => ({_id, _type: 'topic', name})

describe('in an empty dataset', () => {
  test('a name with a slug of its own has a readable id', () => {
    expect(nameIds([story('Gulls, Fish & Chips')]).topic('Gulls')).toBe('topic-gulls')
  })

  test('names that share a slug have different ids, in any order', () => {
    for (const labels of ['C, C++, C#', 'C#, C, C++']) {
      const ids = nameIds([story(labels)])
      expect(['C', 'C++', 'C#'].map(ids.topic)).toEqual(['C', 'C++', 'C#'].map(exact))
      expect(ids.lookAlikes({kind: 'topic', name: 'C'})).toEqual(['C#', 'C++'])
    }
  })

  test('in two stories as in one', () => {
    const ids = nameIds([story('Disney'), story('Disney+')])
    expect(ids.topic('Disney')).toBe(exact('Disney'))
    expect(ids.topic('Disney+')).toBe(exact('Disney+'))
  })

  test('a name in the tables owns its id, and another spelling is another document', () => {
    const ids = nameIds([story('Now, now')])
    expect(ids.topic('Now')).toBe('topic-now')
    expect(ids.topic('now')).toBe(exact('now'))
    expect(nameIds([story('now')]).topic('now')).toBe(exact('now'))
    expect(ids.lookAlikes({kind: 'topic', name: 'now'})).toEqual(['Now'])
  })

  test('one name in two Unicode forms is the same name', () => {
    const ids = nameIds([story('News', 'Zoe\u0308 Hale'), story('News', 'Zoë Hale')])
    expect(ids.author('unilad', 'Zoë Hale')).toBe(
      idsOf({kind: 'author', site: 'unilad', name: 'Zoë Hale'}).bySlug,
    )
  })
})

describe('in a dataset that has names', () => {
  test('the document with the name keeps its id, and a similar name gets another', () => {
    const ids = nameIds([story('Disney+'), story('Disney')], [stored('topic-disney', 'Disney')])
    expect(ids.topic('Disney')).toBe('topic-disney')
    expect(ids.topic('Disney+')).toBe(exact('Disney+'))
    const later = nameIds([story('Disney+')], [stored('topic-disney', 'Disney')])
    expect(later.topic('Disney+')).toBe(exact('Disney+'))
    expect(later.lookAlikes({kind: 'topic', name: 'Disney+'})).toEqual(['Disney'])
  })

  test('a document with an exact id is found again when the other name is not imported', () => {
    expect(nameIds([story('Disney')], [stored(exact('Disney'), 'Disney')]).topic('Disney')).toBe(
      exact('Disney'),
    )
  })

  test('a topic that an editor renamed is the same topic', () => {
    expect(nameIds([story('Gulls')], [stored('topic-gulls', 'Sea birds')]).topic('Gulls')).toBe(
      'topic-gulls',
    )
  })

  test('a topic that an editor created already has the name', () => {
    expect(nameIds([story('Gulls')], [stored('x1', 'Gulls')]).topic('Gulls')).toBe('x1')
  })

  test('an author whose name an earlier version stored without normalising it', () => {
    const decomposed = 'Zoe\u0308 Hale'
    const _id = idsOf({kind: 'author', site: 'unilad', name: decomposed}).bySlug
    const ids = nameIds(
      [story('News', decomposed)],
      [{_id, _type: 'author', name: decomposed, kind: 'person'}],
    )
    expect(ids.author('unilad', 'Zoë Hale')).toBe(_id)
  })
})

test('different names never share an id, in any order of stories', () => {
  const label = fc.string({unit: fc.constantFrom('C', 'c', '+', '#', ' ', 'é', 'e', '-')})
  const labels = fc.uniqueArray(
    label.map((text) => text.trim().replace(/\s+/g, ' ')).filter((text) => text !== ''),
    {minLength: 2, maxLength: 6},
  )
  fc.assert(
    fc.property(labels, (names) => {
      const stories = names.map((name) => story(name))
      const [there, back] = [nameIds(stories), nameIds(stories.toReversed())]
      const ids = names.map(there.topic)
      expect(new Set(ids).size).toBe(names.length)
      expect(names.map(back.topic)).toEqual(ids)
    }),
  )
})
