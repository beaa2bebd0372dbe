/** What is planned for stories that share names. */
import {expect, test} from 'vitest'

import {reference} from '../../seed/documents/reference.ts'
import {type SeedDocument, seedDocument} from '../../seed/model/seedDocument.ts'
import {emptyState} from '../../seed/write/datasetState.ts'
import {type PlannedNames, planStory} from './planStory.ts'

const topic: SeedDocument = seedDocument.parse({
  _id: 'topic-1',
  _type: 'topic',
  name: 'Bridges',
  slug: {_type: 'slug', current: 'bridges'},
  kind: 'subject',
})

const article = (_id: string): SeedDocument =>
  seedDocument.parse({
    _id,
    _type: 'article',
    headline: `Story ${_id}`,
    slug: {_type: 'slug', current: _id},
    articleType: 'news',
    firstPublishedAt: '2023-05-01T09:30:00.000Z',
    section: reference('topic-1'),
    body: [{_type: 'archivedBlock', _key: 'b1', kind: 'none', source: 'none'}],
    access: 'free',
    pubStatus: 'usable',
  })

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
