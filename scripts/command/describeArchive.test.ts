/** What an import prints, and its exit code, for reports that cannot be made by a sound import. */
import {expect, test} from 'vitest'

import type {ArchiveReport} from '../../archive/report/tally.ts'
import {reportWith} from '../../archive/report/testReport.ts'
import {describeArchive, exitCodeOf} from './describeArchive.ts'

const refused = [{place: 'a.xml:2', reason: 'expected XML'}]

test.each<[string, Partial<ArchiveReport>, number]>([
  ['all is done', {}, 0],
  ['something was refused', {items: 1, refused}, 1],
  ['a record is missing', {items: 1}, 3],
  ['the letters do not add up', {text: {source: 2, kept: 1, moved: 0, opaque: 0, furniture: 0}}, 3],
  ['a story does not balance', {unbalanced: ['a.json posts[0]']}, 3],
  ['it was interrupted', {interrupted: true, items: 9}, 130],
])('the exit code when %s', (_what, more, code) => {
  expect(exitCodeOf(reportWith(more))).toBe(code)
  expect(describeArchive(reportWith(more)).some((line) => line.includes('do not add up'))).toBe(
    code === 3,
  )
})
