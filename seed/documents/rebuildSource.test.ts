import {createHash} from 'node:crypto'

import {describe, expect, test} from 'vitest'

import {inventedStories, realStory} from '../fixtures/fixtureStories.ts'
import type {Article} from '../model/seedDocument.ts'
import {parseStory} from '../parse/parseStory.ts'
import {rebuildSource} from './rebuildSource.ts'
import {storyDocuments} from './storyDocuments.ts'

const stories = [realStory(), ...inventedStories()]
const articleOf = ({path, bytes}: {path: string; bytes: Uint8Array}): Article =>
  storyDocuments(parseStory(path, bytes)).article
/** The non-blank lines of a file, unchanged. */
const spoken = (bytes: Uint8Array): string[] =>
  new TextDecoder('utf-8', {ignoreBOM: true})
    .decode(bytes)
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '')

test('there are six stories to rebuild', () => {
  expect(stories).toHaveLength(6)
})

describe.each(stories)('$name', (story) => {
  const article = articleOf(story)
  const {placed = [], furniture = [], checksum} = article.provenance ?? {}

  test('is rebuilt from its article to the last byte', () => {
    const rebuilt = rebuildSource(article)
    expect(spoken(rebuilt)).toEqual(spoken(story.bytes))
    expect(createHash('sha256').update(rebuilt).digest('hex')).toBe(checksum)
    expect(Buffer.from(rebuilt).equals(story.bytes)).toBe(true)
  })

  test('has each line in one place', () => {
    const lines = [...placed, ...furniture].filter(({text}) => text?.trim() !== '')
    expect(new Set(lines.map(({line}) => line)).size).toBe(lines.length)
    expect(lines).toHaveLength(spoken(story.bytes).length)
  })
})

test('the real story: 25 lines are in fields, 14 are furniture, 11 are rebuilt from their fields', () => {
  const {placed = [], furniture = []} = articleOf(realStory()).provenance ?? {}
  expect(furniture.filter(({kind}) => kind !== 'whitespace')).toHaveLength(14)
  expect(placed).toHaveLength(25)
  expect(placed.filter(({text}) => text === undefined)).toHaveLength(11)
})

test('a line that the article no longer holds is named', () => {
  const article = articleOf(realStory())
  const cut = {...article, body: article.body.slice(1)}
  expect(() => rebuildSource(cut)).toThrow('line 9 is not in body[_key=="l9"]')
})

test('an article that was never imported has no source', () => {
  const {provenance: _, ...article} = articleOf(realStory())
  expect(() => rebuildSource(article)).toThrow('it has no provenance')
})
