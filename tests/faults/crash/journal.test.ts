/** A broken disk excuses only the loss of requests in progress when it broke. */
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
  const verdicts = [before, during, refused, after].map((entry) => verdictOn(entry, []))
  expect(verdicts).toEqual(['required', 'possible', 'forbidden', 'required'])
  expect(journal.counts).toEqual({open: 1, acknowledged: 2, refused: 1, failed: 0})
})
