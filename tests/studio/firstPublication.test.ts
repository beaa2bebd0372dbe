/** The time of first publication of stories that a release publishes, through the Studio's client. */
import {expect, onTestFinished, test} from 'vitest'

import {firstPublicationInRelease} from '../../schemas/documents/article/firstPublication.ts'
import {newsroomClient} from '../../studio/newsroomClient.ts'
import {openNewsroom} from '../schema/newsroom.ts'

const now = new Date('2021-07-14T09:00:00.000Z')
const release = new Date('2021-07-14T12:00:00.000Z')
const PAST = '2021-02-14T12:31:00.000Z'
const FUTURE = '2021-08-01T06:00:00.000Z'

test.each([
  ['a new story gets the time of the release', null, undefined, release.toISOString()],
  ['a time still to come gives way to it', FUTURE, undefined, release.toISOString()],
  ['a story of an archive keeps its own time', PAST, undefined, PAST],
  ['the time that readers know comes back', null, PAST, PAST],
  ['and is not changed', FUTURE, PAST, PAST],
  ['a published story that waits keeps waiting', FUTURE, FUTURE, FUTURE],
  ['also if its version lost the time', null, FUTURE, FUTURE],
])('%s', (_, own, known, first) => {
  expect(firstPublicationInRelease(own, known, release, now)).toBe(first)
})

test('scheduling a release writes the time into its new stories, and publishing it does too', async () => {
  const newsroom = await openNewsroom([{_id: 'known', _type: 'article', firstPublishedAt: PAST}])
  onTestFinished(newsroom.close)
  const client = newsroomClient(true)({...newsroom.client.config(), perspective: 'raw'})
  const releaseId = 'rMonday'
  await client.releases.create({releaseId, metadata: {title: 'Monday'}})
  const version = (id: string, type: string, fields: object) =>
    client.create({_id: `versions.${releaseId}.${id}`, _type: type, ...fields})
  await version('new', 'article', {headline: 'New'})
  await version('known', 'article', {headline: 'Changed'})
  await version('person', 'author', {name: 'Ada'})
  const times = (ids: string) =>
    client.fetch(`*[_id in path("${ids}")] | order(_id asc){_type, firstPublishedAt}`)

  const publishAt = new Date(Date.now() + 3_600_000).toISOString()
  await client.releases.schedule({releaseId, publishAt}, {dryRun: true})
  expect(await client.fetch('count(*[_type == "article" && defined(firstPublishedAt)])')).toBe(1)

  await client.releases.schedule({releaseId, publishAt})
  expect(await times(`versions.${releaseId}.**`)).toEqual([
    {_type: 'article', firstPublishedAt: PAST},
    {_type: 'article', firstPublishedAt: publishAt},
    {_type: 'author', firstPublishedAt: null},
  ])

  await client.releases.unschedule({releaseId})
  const before = new Date().toISOString()
  await client.releases.publish({releaseId})
  const first = await client.fetch<string>('*[_id == "new"][0].firstPublishedAt')
  expect(first >= before && first <= new Date().toISOString()).toBe(true)
  expect(await client.fetch('*[_id == "known"][0].firstPublishedAt')).toBe(PAST)
})
