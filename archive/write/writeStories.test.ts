/** What a refused story means for those that share its names, against a real lake. */
import {expect, test} from 'vitest'

import type {SeedDocument} from '../../seed/model/seedDocument.ts'
import type {DocumentPlan} from '../../seed/write/planDocument.ts'
import {testLake} from '../../tests/archive/testLake.ts'
import {article, topic} from './testDocuments.ts'
import {writeStories} from './writeStories.ts'

const created = (document: SeedDocument): DocumentPlan => ({document, outcome: 'created'})

test('the names of a refused story are written, so that others can refer to them', async () => {
  await using lake = await testLake()
  let number = 0
  const refused = await writeStories(
    [
      {title: 'a', plans: [created(topic), created(article('a', 'missing'))]},
      {title: 'b', plans: [created(article('b'))]},
    ],
    lake.client,
    'run',
    () => (number += 1),
  )
  expect(refused).toEqual([{title: 'a', reason: expect.stringContaining('missing')}])
  expect(Object.keys(await lake.revisions())).toEqual(['b', 'topic-1'])
})
