import {expect, it} from 'vitest'

import type {ImportSummary} from '../../seed/importStories.ts'
import {describeImport} from './describeImport.ts'

const summaryWith = (notes: number): ImportSummary => ({
  dryRun: false,
  counts: {created: 1, unchanged: 0, replaced: 0, kept: 0, flagged: 1, refused: 0},
  documents: [],
  stories: [
    {
      file: 'a.txt',
      article: 'article-a',
      ids: ['article-a'],
      review: Array.from({length: notes}, (_, index) => ({
        code: 'unplacedLine',
        line: index + 1,
        message: 'Where does this go?',
      })),
      earlierCaptures: [],
    },
  ],
  disagreements: [],
  refused: [],
})

it('prints what to review, with file and line', () => {
  expect(describeImport(summaryWith(2))).toEqual([
    'Review a.txt:1: Where does this go?',
    'Review a.txt:2: Where does this go?',
    'Done: 1 story; 1 created, 0 unchanged, 0 kept because edited, 1 flagged for review, 0 refused.',
  ])
})

it('counts the notes that would fill the screen', () => {
  const lines = describeImport(summaryWith(500))
  expect(lines).toHaveLength(22)
  expect(lines.at(-2)).toBe('Review … and 480 more: the Studio lists them under “Needs attention”.')
})
