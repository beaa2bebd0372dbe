/** What a refused story means for those that share its names, against a real lake. */
import {expect, test} from 'vitest'

import {reference} from '../../seed/documents/reference.ts'
import {type SeedDocument, seedDocument} from '../../seed/model/seedDocument.ts'
import type {DocumentPlan} from '../../seed/write/planDocument.ts'
import {testLake} from '../../tests/archive/testLake.ts'
import {writeStories} from './writeStories.ts'

const created = (document: SeedDocument): DocumentPlan => ({document, outcome: 'created'})

const topic = created(
  seedDocument.parse({
    _id: 'topic-1',
    _type: 'topic',
    name: 'Bridges',
    slug: {_type: 'slug', current: 'bridges'},
    kind: 'subject',
  }),
)

const article = (_id: string, ...topics: string[]): DocumentPlan =>
  created(
    seedDocument.parse({
      _id,
      _type: 'article',
      headline: `Story ${_id}`,
      slug: {_type: 'slug', current: _id},
      articleType: 'news',
      firstPublishedAt: '2023-05-01T09:30:00.000Z',
      section: reference('topic-1'),
      topics: topics.map((id) => ({...reference(id), _key: id})),
      body: [{_type: 'archivedBlock', _key: 'b1', kind: 'none', source: 'none'}],
      access: 'free',
      pubStatus: 'usable',
    }),
  )

test('the names of a refused story are written, so that others can refer to them', async () => {
  await using lake = await testLake()
  let number = 0
  const refused = await writeStories(
    [
      {title: 'a', plans: [topic, article('a', 'missing')]},
      {title: 'b', plans: [article('b')]},
    ],
    lake.client,
    'run',
    () => (number += 1),
  )
  expect(refused).toEqual([{title: 'a', reason: expect.stringContaining('missing')}])
  expect(Object.keys(await lake.revisions())).toEqual(['b', 'topic-1'])
})
