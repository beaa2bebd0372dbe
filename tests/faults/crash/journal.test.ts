/** What the crash program expects of a request, given what happened to its dataset and disk. */
import {expect, test} from 'vitest'

import {createJournal, verdictOn} from './journal.ts'

test('only requests sent before a disk broke and answered after it may be lost', () => {
  const journal = createJournal()
  const send = (id: string) =>
    journal.sent({kind: 'transaction', dataset: 'production', id, mutations: [], actions: []})
  const [before, during, refused] = [send('before'), send('during'), send('refused')]
  journal.answered(before, 'acknowledged')
  const brokenAt = journal.time
  const after = send('after')
  journal.answered(during, 'acknowledged')
  journal.answered(refused, 'refused')
  journal.answered(after, 'acknowledged')
  journal.doubt(brokenAt)
  journal.settle()
  const verdicts = [before, during, refused, after].map((entry) => verdictOn(entry, journal))
  expect(verdicts).toEqual(['required', 'possible', 'forbidden', 'required'])
  expect(journal.counts).toEqual({open: 1, acknowledged: 2, refused: 1, failed: 0})
})

test('what an emptied dataset held may come back only through a copy of it', () => {
  const journal = createJournal()
  const transaction = (id: string) =>
    journal.sent({kind: 'transaction', dataset: 'a', id, mutations: [], actions: []})
  const change = (verb: 'delete' | 'copy', dataset: string, from?: string): void => {
    const entry = journal.sent({
      kind: 'lifecycle',
      dataset,
      verb,
      ...(from !== undefined && {from}),
    })
    journal.answered(entry, 'acknowledged')
  }
  const copied = transaction('copied')
  journal.answered(copied, 'acknowledged')
  change('copy', 'b', 'a')
  const later = transaction('later')
  journal.answered(later, 'acknowledged')
  change('delete', 'a')
  change('copy', 'a', 'c')
  expect([copied, later].map((entry) => verdictOn(entry, journal))).toEqual([
    'forbidden',
    'forbidden',
  ])
  change('copy', 'c', 'b')
  expect(verdictOn(copied, journal)).toBe('forbidden')
  change('copy', 'a', 'c')
  expect([copied, later].map((entry) => verdictOn(entry, journal))).toEqual([
    'possible',
    'forbidden',
  ])
})
