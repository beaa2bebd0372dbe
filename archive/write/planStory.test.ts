/** What is planned for stories that share names. */
import {expect, test} from 'vitest'

import {emptyState} from '../../seed/write/datasetState.ts'
import {type PlannedNames, planStory} from './planStory.ts'
import {article, topic} from './testDocuments.ts'

test('a name that a kept article does not need is written with the next story that needs it', () => {
  const state = emptyState()
  const edited = {...article('a'), _rev: 'by-an-editor', headline: 'Changed'}
  state.documents.set('a', edited)
  const planned: PlannedNames = {ids: new Set(), addresses: new Map()}
  const idsFor = (id: string): string[] =>
    planStory(id, [topic, article(id)], undefined, state, planned, false).plans.map(
      ({document, outcome}) => `${document._id} ${outcome}`,
    )
  expect(idsFor('a')).toEqual(['a kept'])
  expect(idsFor('b')).toEqual(['topic-1 created', 'b created'])
  expect(idsFor('c')).toEqual(['c created'])
})
