/** What the Studio says that readers see, against what queries give them. */
import {evaluate} from '@copydesk/groq'
import {expect, test} from 'vitest'

import {LIVE} from '../../front/queries/fragments.ts'
import {
  listWords,
  readerState,
  readerStates,
  waitingSentences,
} from '../../schemas/documents/article/readerState.ts'

const NOW = '2021-07-14T09:00:00.000Z'
const now = Date.parse(NOW)
const PAST = '2021-07-14T08:59:59.000Z'
const FUTURE = '2021-07-14T12:00:00.000Z'

const times = [undefined, PAST, NOW, FUTURE, '2021-07-14T13:30:00+01:00', 'soon']

const combinations = [undefined, 'usable', 'withheld', 'retracted', 'unheard of']
  .flatMap((pubStatus) =>
    [undefined, PAST, NOW, FUTURE].flatMap((firstPublishedAt) =>
      times.flatMap((embargoUntil) =>
        times.flatMap((expiresAt) =>
          [undefined, {_type: 'slug', current: 'a'}].map((slug) => ({
            pubStatus,
            firstPublishedAt,
            embargoUntil,
            expiresAt,
            slug,
          })),
        ),
      ),
    ),
  )
  .map((fields, index) => ({_id: `story-${10_000 + index}`, _type: 'article', ...fields}))

test('an article is live in the Studio exactly when queries give it to readers', () => {
  const live = combinations.filter((article) => readerState(article, true, now).name === 'live')
  // Without the fields that are undefined, as they are stored.
  const documents = combinations.map((article) => JSON.parse(JSON.stringify(article)))
  const found = evaluate(`*[${LIVE}] | order(_id asc)._id`, {documents, params: {now: NOW}})
  expect(found).toEqual(live.map(({_id}) => _id))
  expect(live.length).toBeGreaterThan(10)
})

test('each state occurs, and an unpublished article is never live', () => {
  const names = new Set(combinations.map((article) => readerState(article, true, now).name))
  expect([...names].toSorted()).toEqual(readerStates.toSorted())
  const unpublished = combinations.map((article) => readerState(article, false, now).name)
  expect([...new Set(unpublished)].toSorted()).toEqual(['notPublished', 'onHold', 'retracted'])
})

const story = {slug: {current: 'a'}, firstPublishedAt: PAST}

test.each([
  [
    {pubStatus: 'retracted', expiresAt: PAST},
    true,
    'Retracted',
    'Retracted: readers see only the retraction.',
  ],
  [{pubStatus: 'withheld'}, true, 'On hold', 'On hold: readers do not see this story.'],
  [{}, false, 'Not published', 'Readers do not see this story: it is not published.'],
  [
    {expiresAt: PAST, embargoUntil: FUTURE},
    true,
    'Expired 14 Jul 2021, 09:59',
    'Readers no longer see this story: it expired on 14 Jul 2021, 09:59.',
  ],
  [
    {embargoUntil: FUTURE},
    true,
    'Embargoed until 14 Jul 2021, 13:00',
    'Embargoed: readers will see it from 14 Jul 2021, 13:00.',
  ],
  [
    {embargoUntil: FUTURE, firstPublishedAt: '2021-07-15T09:00:00.000Z'},
    true,
    'Embargoed until 14 Jul 2021, 13:00',
    'Embargoed: readers will see it from 15 Jul 2021, 10:00.',
  ],
  [
    {firstPublishedAt: FUTURE, expiresAt: '2021-07-15T09:00:00.000Z'},
    true,
    'Scheduled for 14 Jul 2021, 13:00',
    'Scheduled: readers will see it from 14 Jul 2021, 13:00 until 15 Jul 2021, 10:00.',
  ],
  [{}, true, 'Live', 'Readers see this story.'],
])('%o, published: %s', (fields, isPublished, word, sentence) => {
  expect(readerState({...story, ...fields}, isPublished, now)).toMatchObject({word, sentence})
})

const UNPUBLISHED_CHANGES = 'Your changes are not published yet.'

test.each([
  ['nothing waits', {published: story, draft: null}, []],
  ['a draft with other words', {published: story, draft: story}, [UNPUBLISHED_CHANGES]],
  [
    'an old draft without the time that readers know',
    {published: story, draft: {slug: story.slug}},
    [UNPUBLISHED_CHANGES],
  ],
  [
    'a draft that hides the story',
    {published: story, draft: {...story, pubStatus: 'withheld'}},
    [`${UNPUBLISHED_CHANGES} Once they are: On hold: readers do not see this story.`],
  ],
  ['a new story that publishing makes live', {published: null, draft: {}}, []],
  [
    'a new story for later',
    {published: null, draft: {firstPublishedAt: FUTURE}},
    ['Once published: Scheduled: readers will see it from 14 Jul 2021, 13:00.'],
  ],
])('%s', (_, {published, draft}, sentences) => {
  expect(waitingSentences({published, draft, releases: []}, now)).toEqual(sentences)
})

test('a release says what it does, and when', () => {
  const releases = [
    {title: 'Monday', publishAt: FUTURE},
    {title: 'Some day', publishAt: undefined},
  ]
  expect(waitingSentences({published: story, draft: null, releases}, now)).toEqual([
    'The release “Monday” changes it on 14 Jul 2021, 13:00.',
    'The release “Some day” changes it when the release is published.',
  ])
  expect(waitingSentences({published: null, draft: null, releases}, now)[0]).toBe(
    'The release “Monday” publishes it on 14 Jul 2021, 13:00.',
  )
})

test('a row of a list says what its document is', () => {
  const live = {firstPublishedAt: '2021-02-14T12:31:00.000Z', slug: {current: 'x'}}
  const after = Date.parse('2021-03-01T00:00:00.000Z')
  expect(listWords(live, 'x', after)).toBe('Live, 14 Feb 2021, 12:31')
  expect(listWords(live, 'x', 0)).toBe('Scheduled for 14 Feb 2021, 12:31')
  expect(listWords({...live, pubStatus: 'retracted'}, 'x', after)).toBe('Retracted')
  expect(listWords(live, 'drafts.x', after)).toBe('Draft')
  expect(listWords(live, 'versions.monday.x', after)).toBe('In a release')
})
