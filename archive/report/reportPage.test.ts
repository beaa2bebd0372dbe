/** The page of the report: links into the Studio, and what became of each text. */
import {expect, test} from 'vitest'

import {reportPage} from './reportPage.ts'
import type {ReportedStory} from './storyList.ts'
import type {ArchiveReport} from './tally.ts'
import {reportWith} from './testReport.ts'

const story = (title: string, more: Partial<ReportedStory> = {}): ReportedStory => ({
  title,
  id: `article-${title}`,
  format: 'ghost',
  place: `${title}.json posts[0]`,
  draftBecause: [],
  flags: [],
  outcome: 'created',
  ...more,
})

const report = (stories: readonly ReportedStory[], more: Partial<ArchiveReport>): ArchiveReport =>
  reportWith({stories, taken: stories.length, items: stories.length, ...more})

const flags = [{code: 'archived', pointer: 'html:1:1', message: 'Read it.'}]
const draftBecause = ['it has no section']

test('stories lead into the Studio, where its address is known', () => {
  const all = report(
    [
      story('<a>', {flags, draftBecause}),
      story('b', {flags, outcome: 'refused', reason: 'it is too large'}),
    ],
    {drafts: 1, flagged: 2},
  )
  const page = reportPage(all, 'https://studio.example/desk/')
  const link =
    '<a href="https://studio.example/desk/intent/edit/id=article-&lt;a&gt;;type=article/">&lt;a&gt;</a>'
  expect(page.split(link)).toHaveLength(3)
  expect(page).toContain('<h3>b <small>')
  expect(reportPage(all)).not.toContain('<a href')
})

const ledger = (opaque: number) => ({
  source: 1200,
  fates: {kept: 1100 - opaque, moved: 100, opaque, furniture: 0},
  balanced: true,
  archived: {},
})

test('a text of which readers see only a part is listed with the length of each part', () => {
  const page = reportPage(
    report([story('whole', {ledger: ledger(0)}), story('part', {ledger: ledger(7)})], {hidden: 1}),
  )
  expect(page).toContain('<td>part</td><td>1,200</td><td>1,193</td><td>7</td><td>0</td>')
  expect(page).not.toContain('<td>whole</td>')
})
