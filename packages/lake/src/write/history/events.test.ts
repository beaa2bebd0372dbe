/** The events of documents and releases, as the Studio's history shows them. */
import {describe, expect, it} from 'vitest'

import {body, failure, release, type TestLake, testLake} from '../testLake.ts'
import {documentEvents} from './documentEvents.ts'
import {releaseEvents} from './releaseEvents.ts'
import {createDraft, edit, live, on, publish} from './testHistory.ts'

const at = (minute: number) => release('schedule', {publishAt: `2026-01-01T00:0${minute}:00Z`})

const version = {
  actionType: 'document.version.create',
  publishedId: 'a',
  document: body('versions.r1.a', {n: 9}),
}

/** Type, transaction and version fields of events, newest first. */
const told = ({store}: TestLake, id: string) =>
  documentEvents(store.history, id, {limit: 100}).events.map(
    ({type, timestamp, author, documentId, ...fields}) => {
      expect([author, documentId]).toEqual(['alice', 'a'])
      return {type, minute: new Date(timestamp).getUTCMinutes(), ...fields}
    },
  )

const events = ({store}: TestLake) => releaseEvents(store.history, 'r1', {limit: 100}).events
const types = (lake: TestLake) => events(lake).map(({type}) => type)

describe('document events', () => {
  it('of a draft that is published, edited and discarded', () => {
    const lake = live(
      [createDraft],
      [edit('a', 2)],
      [publish],
      [edit('a', 3)],
      [{actionType: 'document.discard', draftId: 'drafts.a'}],
    )
    expect(told(lake, 'drafts.a')).toEqual([
      {type: 'deleteDocumentVersion', minute: 4, versionId: 'drafts.a', versionRevisionId: 'five'},
      {type: 'createDocumentVersion', minute: 3, versionId: 'drafts.a', versionRevisionId: 'four'},
      {
        type: 'publishDocumentVersion',
        minute: 2,
        revisionId: 'three',
        versionId: 'drafts.a',
        versionRevisionId: 'two',
        publishCause: 'document.publish',
      },
      {type: 'createDocumentVersion', minute: 0, versionId: 'drafts.a', versionRevisionId: 'one'},
    ])
    expect(told(lake, 'a').map(({type}) => type)).toEqual(['publishDocumentVersion'])
  })

  const unpublish = {actionType: 'document.unpublish', ...on('a')}

  it('of an unpublished document, with and without a draft of before', () => {
    const without = live([createDraft], [publish], [unpublish])
    const event = {type: 'unpublishDocument', versionId: 'drafts.a'}
    expect(told(without, 'drafts.a')[0]).toEqual({...event, minute: 2, versionRevisionId: 'three'})
    expect(told(without, 'a')[0]).toEqual({...event, minute: 2, versionRevisionId: 'three'})
    const kept = live([createDraft], [publish], [edit('a', 2)], [unpublish])
    expect(told(kept, 'a')[0]).toEqual({...event, minute: 3, versionRevisionId: 'three'})
    expect(told(kept, 'drafts.a').map(({type}) => type)).toEqual([
      'unpublishDocument',
      'createDocumentVersion',
      'publishDocumentVersion',
      'createDocumentVersion',
    ])
  })

  it('of a deleted document: the group for the published id, the version for every other', () => {
    const versionGone = {type: 'deleteDocumentVersion', minute: 4, versionRevisionId: 'five'}
    const lake = live(
      [createDraft],
      [publish],
      [edit('a', 2)],
      [release('create'), version],
      [
        {
          actionType: 'document.delete',
          publishedId: 'a',
          includeDrafts: ['drafts.a', 'versions.r1.a'],
        },
      ],
    )
    expect(told(lake, 'a')[0]).toEqual({type: 'deleteDocumentGroup', minute: 4})
    const [draftGone, ...earlier] = told(lake, 'drafts.a')
    expect(draftGone).toEqual({...versionGone, versionId: 'drafts.a'})
    expect(earlier.map(({type}) => type)).toEqual([
      'createDocumentVersion',
      'publishDocumentVersion',
      'createDocumentVersion',
    ])
    expect(told(lake, 'versions.r1.a')).toEqual([
      {...versionGone, versionId: 'versions.r1.a', releaseId: 'r1'},
      {
        type: 'createDocumentVersion',
        minute: 3,
        versionId: 'versions.r1.a',
        versionRevisionId: 'four',
        releaseId: 'r1',
      },
    ])
  })

  it('of a document that was only a draft, or only published', () => {
    const draft = live([createDraft], [{actionType: 'document.discard', draftId: 'drafts.a'}])
    expect(told(draft, 'drafts.a').map(({type}) => type)).toEqual([
      'deleteDocumentVersion',
      'createDocumentVersion',
    ])
    expect(told(draft, 'a').map(({type}) => type)).toEqual(['deleteDocumentGroup'])
    const published = testLake()
    published.mutate([{create: body('a')}])
    published.mutate([{delete: {id: 'a'}}])
    expect(told(published, 'drafts.a')).toEqual([])
    expect(told(published, 'a').map(({type}) => type)).toEqual([
      'deleteDocumentGroup',
      'createLiveDocument',
    ])
  })

  it('of a document that is edited live', () => {
    const lake = testLake()
    lake.mutate([{create: body('a')}], {transactionId: 'one'})
    lake.mutate([{patch: {id: 'a', set: {n: 1}}}], {transactionId: 'two'})
    expect(told(lake, 'a')).toEqual([
      {type: 'updateLiveDocument', minute: 0, revisionId: 'two'},
      {type: 'createLiveDocument', minute: 0, revisionId: 'one'},
    ])
    expect(told(lake, 'drafts.a')).toEqual([])
  })

  it('of a version that is scheduled, unscheduled and published', () => {
    const lake = live(
      [release('create')],
      [version],
      [at(8)],
      [release('unschedule')],
      [at(9)],
      [release('publish')],
    )
    const about = {versionId: 'versions.r1.a', versionRevisionId: 'two', releaseId: 'r1'}
    const published = {
      type: 'publishDocumentVersion',
      minute: 5,
      revisionId: 'six',
      publishCause: 'release.schedule',
      ...about,
    }
    expect(told(lake, 'versions.r1.a')).toEqual([
      published,
      {
        type: 'scheduleDocumentVersion',
        minute: 4,
        state: 'published',
        publishAt: '2026-01-01T00:09:00.000Z',
        ...about,
      },
      {type: 'unscheduleDocumentVersion', minute: 3, ...about},
      {
        type: 'scheduleDocumentVersion',
        minute: 2,
        state: 'unscheduled',
        publishAt: '2026-01-01T00:08:00.000Z',
        ...about,
      },
      {type: 'createDocumentVersion', minute: 1, ...about},
    ])
    expect(told(lake, 'a')).toEqual([published])
    expect(told(lake, 'drafts.a')).toEqual([])
  })

  it('of a document that a release unpublishes', () => {
    const lake = live(
      [createDraft],
      [publish],
      [
        release('create'),
        {actionType: 'document.version.unpublish', publishedId: 'a', versionId: 'versions.r1.a'},
      ],
      [release('publish')],
    )
    expect(told(lake, 'a')[0]).toEqual({
      type: 'unpublishDocument',
      minute: 3,
      versionId: 'versions.r1.a',
      versionRevisionId: 'three',
      releaseId: 'r1',
    })
  })

  it('of documents of a variant, which publish and replace only each other', () => {
    const variant = {actionType: 'document.variant.create', publishedId: 'a', variantId: 'loyal'}
    const document = {_type: 't', n: 5}
    const lake = live(
      [createDraft, {actionType: 'variant.definition.create', variantId: 'loyal'}],
      [publish],
      [{...variant, bundleId: 'drafts', document}],
      [{...variant, actionType: 'document.variant.publish', bundleId: 'drafts'}],
      [{...variant, bundleId: 'drafts', document}],
    )
    const ids = lake.ids().filter((id) => id.startsWith('versions.'))
    const draft = ids.find((id) => Object(lake.get(id)?._system).bundleId === 'drafts') ?? ''
    const published = ids.find((id) => id !== draft) ?? ''
    const typesOf = (id: string) => told(lake, id).map(({type}) => type)
    expect(typesOf(draft)).toEqual([
      'createDocumentVersion',
      'deleteDocumentVersion',
      'createDocumentVersion',
    ])
    expect(typesOf(published)).toEqual(['createDocumentVersion'])
    expect(told(lake, draft).filter((event) => 'releaseId' in event)).toEqual([])
    // One transaction discards the draft of the variant and changes the published document.
    lake.mutate([{delete: {id: draft}}, {createOrReplace: body('a', {n: 6})}])
    expect(typesOf('a')).toEqual(['updateLiveDocument', 'publishDocumentVersion'])
    expect(typesOf(draft)[0]).toBe('deleteDocumentVersion')
  })

  it('of versions that an archived release takes away and brings back', () => {
    const lake = live([release('create'), version], [release('archive')], [release('unarchive')])
    expect(told(lake, 'versions.r1.a').map(({type}) => type)).toEqual([
      'createDocumentVersion',
      'deleteDocumentVersion',
      'createDocumentVersion',
    ])
  })

  it('come in pages that new events do not move', () => {
    const lake = testLake()
    const set = (n: number) =>
      lake.mutate([{createOrReplace: body('a', {n})}], {transactionId: `t${n}`})
    for (const n of [1, 2, 3, 4, 5]) set(n)
    const page = (nextCursor: string) =>
      documentEvents(lake.store.history, 'a', {limit: 2, nextCursor})
    const revisions = ({events}: ReturnType<typeof page>) =>
      events.map(({revisionId}) => revisionId)
    const first = page('')
    expect(revisions(first)).toEqual(['t5', 't4'])
    set(6)
    const second = page(first.nextCursor)
    expect(revisions(second)).toEqual(['t3', 't2'])
    const third = page(second.nextCursor)
    expect([revisions(third), third.nextCursor]).toEqual([['t1'], ''])
    expect(failure(() => page('x')).status).toBe(400)
  })
})

describe('release events', () => {
  it('report states, and documents that are created and deleted', () => {
    const lake = live(
      [release('create')],
      [version],
      [{actionType: 'document.version.discard', versionId: 'versions.r1.a'}],
      [version],
      [release('schedule', {publishAt: '2026-01-01T00:08:00Z'})],
      [release('unschedule')],
      [release('publish')],
    )
    expect(types(lake)).toEqual([
      'publishRelease',
      'unscheduleRelease',
      'scheduleRelease',
      'addDocumentToRelease',
      'discardDocumentFromRelease',
      'addDocumentToRelease',
      'createRelease',
    ])
    expect(events(lake)[2]).toEqual({
      type: 'scheduleRelease',
      timestamp: '2026-01-01T00:04:00.000Z',
      author: 'alice',
      releaseName: 'r1',
      publishAt: '2026-01-01T00:08:00.000Z',
    })
    expect(events(lake)[5]).toMatchObject({
      documentId: 'a',
      versionId: 'versions.r1.a',
      versionRevisionId: 'two',
    })
  })

  it('report archived releases without their documents', () => {
    const lake = live([release('create'), version], [release('archive')], [release('unarchive')])
    expect(types(lake)).toEqual([
      'unarchiveRelease',
      'archiveRelease',
      'addDocumentToRelease',
      'createRelease',
    ])
  })
})
