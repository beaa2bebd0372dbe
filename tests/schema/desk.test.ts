/** The contents of each desk list, queried as the Studio does. */
import {afterAll, beforeAll, expect, test} from 'vitest'

import {schemaTypes} from '../../schemas/index.ts'
import {documentTypes, referencedTypes, typesWithAddress} from '../../studio/documentTypes.ts'
import {
  countedLists,
  countsIn,
  countsParams,
  countsQuery,
} from '../../studio/structure/deskCounts.ts'
import {
  anyReason,
  articleLists,
  attentionReasons,
  byAuthor,
  inSection,
  ofKind,
  workLists,
} from '../../studio/structure/deskLists.ts'
import type {TestDocument} from './documents.ts'
import {openNewsroom} from './newsroom.ts'

const now = new Date('2021-07-14T09:00:00.000Z')

const article = (_id: string, fields: object = {}): TestDocument => ({
  _id,
  _type: 'article',
  headline: _id,
  slug: {_type: 'slug', current: _id.replace('drafts.', '')},
  firstPublishedAt: '2021-07-01T09:00:00.000Z',
  ...fields,
})

const figure = (fields: object) => ({_key: 'f', _type: 'figure', credits: [{_key: 'c'}], ...fields})
const asset = {_type: 'reference', _ref: 'image-abc-1x1-png', _weak: true}

const documents: readonly TestDocument[] = [
  article('old', {section: {_type: 'reference', _ref: 'topic-news', _weak: true}}),
  article('drafts.old', {section: {_type: 'reference', _ref: 'topic-news', _weak: true}}),
  article('drafts.new'),
  article('this-morning', {firstPublishedAt: '2021-07-14T06:00:00.000Z'}),
  article('last-night', {firstPublishedAt: '2021-07-13T22:59:59.000Z'}),
  article('withheld', {firstPublishedAt: '2021-07-14T06:00:00.000Z', pubStatus: 'withheld'}),
  article('embargoed', {embargoUntil: '2021-07-14T12:00:00.000Z'}),
  article('tomorrow', {firstPublishedAt: '2021-07-15T06:00:00.000Z'}),
  article('corrected', {
    corrections: [{_key: 'k', kind: 'correction'}],
    byline: [{_key: 'b', author: {_type: 'reference', _ref: 'ada', _weak: true}}],
  }),
  article('retracted', {pubStatus: 'retracted'}),
  article('flagged', {provenance: {reviewFlags: [{_key: 'r', message: 'Who?'}]}}),
  article('settled', {provenance: {reviewFlags: [{_key: 'r', message: 'Who?', settled: true}]}}),
  article('lead-without-alt', {leadMedia: figure({asset})}),
  article('body-without-alt', {body: [figure({asset})]}),
  article('decorative', {leadMedia: figure({asset, decorative: true})}),
  article('described', {
    leadMedia: figure({asset, alt: 'Two men'}),
    body: [figure({asset, alt: 'A'})],
  }),
  article('without-picture', {leadMedia: figure({})}),
  article('without-credit', {leadMedia: figure({asset, alt: 'Two men', credits: []})}),
  {_id: 'topic-news', _type: 'topic', name: 'News', kind: 'section'},
  {_id: 'topic-musk', _type: 'topic', name: 'Elon Musk', kind: 'person'},
  {_id: 'agency', _type: 'credit', name: 'PA Images', kind: 'agency'},
  {_id: 'linked', _type: 'credit', name: 'A work', kind: 'work', url: 'https://example.org'},
  {_id: 'unlinked', _type: 'credit', name: 'A lost work', kind: 'work'},
]

let newsroom: Awaited<ReturnType<typeof openNewsroom>>

beforeAll(async () => {
  newsroom = await openNewsroom(documents)
})

afterAll(() => newsroom.close())

const held = (filter: string, params: Record<string, string> = {}) =>
  newsroom.client.fetch<string[]>(`*[${filter}] | order(_id asc)._id`, params, {
    perspective: 'drafts',
  })

/** The documents of each list by its id; a list that is missing here fails. */
const contents: Readonly<Record<string, readonly string[]>> = {
  drafts: ['new', 'old'],
  upcoming: ['embargoed', 'tomorrow'],
  'live-today': ['this-morning'],
  yesterday: ['last-night'],
  'last-seven-days': ['last-night', 'this-morning'],
  corrections: ['corrected'],
  'without-alt': ['body-without-alt', 'lead-without-alt'],
  'without-credit': ['without-credit'],
  'without-picture': ['without-picture'],
  'without-link': ['unlinked'],
  'to-review': ['flagged'],
  retracted: ['retracted'],
}

test.each([...workLists, ...articleLists])('$id: $title', async ({id, filter, params}) => {
  expect(await held(filter, params?.(now))).toEqual(contents[id])
})

test.each(attentionReasons)('$id: $title', async ({id, filter}) => {
  expect(await held(filter)).toEqual(contents[id])
})

test.each([
  ['the articles of a section', inSection, {section: 'topic-news'}, ['old']],
  ['the articles of an author', byAuthor, {author: 'ada'}, ['corrected']],
  ['topics of a kind', ofKind('topic'), {kind: 'person'}, ['topic-musk']],
  ['credits of a kind', ofKind('credit'), {kind: 'agency'}, ['agency']],
])('%s', async (_, filter, params, expected) => {
  expect(await held(filter, {...params})).toEqual(expected)
})

test('the counts beside the lists are the numbers of their documents', async () => {
  const answer = await newsroom.client.fetch<unknown>(countsQuery, countsParams(now), {
    perspective: 'drafts',
  })
  const counts = countsIn(answer)
  expect([...counts.keys()]).toEqual(countedLists.map(({id}) => id))
  for (const {id} of [...workLists, ...attentionReasons]) {
    expect([id, counts.get(id)]).toEqual([id, contents[id]?.length])
  }
  expect(counts.get('any')).toBe((await held(anyReason.filter)).length)
})

test('a draft is found under its own id too, as listeners see it', async () => {
  const [drafts] = workLists
  const found = newsroom.client.fetch<string[]>(
    `*[${drafts?.filter}] | order(_id asc)._id`,
    {},
    {perspective: 'raw'},
  )
  expect(await found).toEqual(['drafts.new', 'drafts.old'])
})

test('the types come from the schema', () => {
  expect(documentTypes).toEqual(
    schemaTypes.flatMap(({name, type}) => (type === 'document' ? [name] : [])),
  )
  expect(typesWithAddress).toEqual(expect.arrayContaining(['article', 'author', 'topic']))
  expect(typesWithAddress).not.toContain('credit')
  expect([...referencedTypes]).toEqual(
    expect.arrayContaining(['article', 'author', 'credit', 'topic']),
  )
  expect([...referencedTypes]).not.toContain('siteSettings')
})
