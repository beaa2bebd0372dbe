/** For any lines, the parser keeps all of them or refuses the file. */
import fc from 'fast-check'
import {expect, test} from 'vitest'

import {rebuildSource} from '../documents/rebuildSource.ts'
import {storyDocuments} from '../documents/storyDocuments.ts'
import type {ParsedStory} from '../model/parsedStory.ts'
import {parseStory} from './parseStory.ts'
import {Refusal} from './refusal.ts'

const line = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom(
      'Advert',
      '',
      '\u00a0',
      'A Headline',
      'by : Ada Quill and Bram on : 3 Jul 2022 00:30',
      'by : Ada Quill',
      'A picturePA Images',
      'A picture of somebody',
      'A sentence with a ‘quotation’, Ada said, ‘here’s one.’',
      '‘Unclosed words',
      '“To be,” he said.',
      'See more: this',
      'If you have a story, send it to us',
      'Most Read StoriesMost Read',
      'Ada Quill',
      'Topics: News, Elon Musk, 🦄, Straße, news',
      'Topics:',
      'Credits',
      '1. The Echo',
      '  3. The Echo',
      '    A title',
      'date 2021-02-14 unilad',
    ),
  },
  {weight: 2, arbitrary: fc.string({unit: 'grapheme', maxLength: 40})},
  {weight: 1, arbitrary: fc.string({unit: 'binary', maxLength: 40})},
)
const lineEnd = fc.constantFrom('\n', '\r\n')
const head = fc.constantFrom(
  [],
  ['date 2021-02-14 unilad'],
  [
    'date 2021-02-14 unilad',
    'A Headline',
    'by : Ada Quill and Bram on : 3 Jul 2022 00:30',
    'Text.',
  ],
)
const file = fc
  .tuple(head, fc.array(line, {maxLength: 30}), lineEnd, fc.boolean())
  .map(([top, rest, end, mark]) => (mark ? '\uFEFF' : '') + [...top, ...rest].join(end))
  .map((text) => new TextEncoder().encode(text))

function parsed(bytes: Uint8Array): ParsedStory | undefined {
  try {
    return parseStory('any.txt', bytes)
  } catch (error) {
    if (error instanceof Refusal) return undefined
    throw error
  }
}

test('a file is refused, or its documents rebuild it to the last byte', () => {
  let stories = 0
  fc.assert(
    fc.property(file, (bytes) => {
      const story = parsed(bytes)
      if (!story) return
      stories++
      expect(rebuildSource(storyDocuments(story).article)).toEqual(bytes)
    }),
    {numRuns: 1500},
  )
  expect(stories).toBeGreaterThan(200)
})

test('arbitrary bytes only cause a Refusal', () => {
  fc.assert(
    fc.property(fc.uint8Array({maxLength: 300}), (bytes) => {
      expect(parsed(bytes)).toBeUndefined()
    }),
  )
})
