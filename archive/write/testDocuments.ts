/** A topic, and articles that have it as their section, for tests of plans and writes. */
import {reference} from '../../seed/documents/reference.ts'
import {type SeedDocument, seedDocument} from '../../seed/model/seedDocument.ts'

export const topic: SeedDocument = seedDocument.parse({
  _id: 'topic-1',
  _type: 'topic',
  name: 'Bridges',
  slug: {_type: 'slug', current: 'bridges'},
  kind: 'subject',
})

export const article = (_id: string, ...topics: string[]): SeedDocument =>
  seedDocument.parse({
    _id,
    _type: 'article',
    headline: `Story ${_id}`,
    slug: {_type: 'slug', current: _id},
    articleType: 'news',
    firstPublishedAt: '2023-05-01T09:30:00.000Z',
    section: reference(topic._id),
    topics: topics.map((id) => ({...reference(id), _key: id})),
    body: [{_type: 'archivedBlock', _key: 'b1', kind: 'none', source: 'none'}],
    access: 'free',
    pubStatus: 'usable',
  })
