import type {ClientPerspective} from '@sanity/client'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'

import {failureOf} from './failureOf.ts'
import {openTarget, type Target} from './target.ts'

let target: Target
beforeAll(async () => {
  target = await openTarget()
})
afterAll(() => target.close())

const stored = (ids: readonly string[]) => target.client().getDocuments([...ids])

describe('POST /data/actions', () => {
  test('create a draft, edit it, publish it', async () => {
    const publishedId = target.id('desk')
    const draftId = `drafts.${publishedId}`
    const client = target.client()
    await client.action({
      actionType: 'sanity.action.document.create',
      publishedId,
      attributes: {_id: draftId, _type: 'note', text: 'one'},
      ifExists: 'fail',
    })
    const {transactionId} = await client.action({
      actionType: 'sanity.action.document.edit',
      draftId,
      publishedId,
      patch: {set: {text: 'two'}},
    })
    expect(await stored([publishedId, draftId])).toEqual([
      null,
      expect.objectContaining({text: 'two', _rev: transactionId}),
    ])
    await client.action({actionType: 'sanity.action.document.publish', draftId, publishedId})
    expect(await stored([publishedId, draftId])).toEqual([
      expect.objectContaining({text: 'two'}),
      null,
    ])
  })

  test('editing without a draft copies the published document first', async () => {
    const publishedId = target.id('copied')
    const draftId = `drafts.${publishedId}`
    await target.client().create({_id: publishedId, _type: 'note', text: 'public', kept: true})
    await target.client().action({
      actionType: 'sanity.action.document.edit',
      draftId,
      publishedId,
      patch: {set: {text: 'changed'}},
    })
    expect(await stored([publishedId, draftId])).toEqual([
      expect.objectContaining({text: 'public'}),
      expect.objectContaining({text: 'changed', kept: true}),
    ])
    await target.client().action({actionType: 'sanity.action.document.discard', draftId})
    expect(await stored([draftId])).toEqual([null])
  })

  test('publishing refuses another revision of the draft', async () => {
    const publishedId = target.id('stale')
    const draftId = `drafts.${publishedId}`
    await target.client().create({_id: draftId, _type: 'note'})
    const failure = await failureOf(
      target.client().action({
        actionType: 'sanity.action.document.publish',
        draftId,
        publishedId,
        ifDraftRevisionId: 'another',
      }),
    )
    expect(failure).toMatchObject({statusCode: 409, details: {type: 'actionError'}})
  })

  test('unpublish makes a draft of the published document', async () => {
    const publishedId = target.id('withdrawn')
    const draftId = `drafts.${publishedId}`
    await target.client().create({_id: publishedId, _type: 'note', text: 'out'})
    await target
      .client()
      .action({actionType: 'sanity.action.document.unpublish', draftId, publishedId})
    expect(await stored([publishedId, draftId])).toEqual([
      null,
      expect.objectContaining({text: 'out'}),
    ])
  })

  test('delete needs a published document; a draft alone is discarded', async () => {
    const publishedId = target.id('unpublished')
    const draftId = `drafts.${publishedId}`
    const client = target.client()
    await client.create({_id: draftId, _type: 'note'})
    const failure = await failureOf(
      client.action({
        actionType: 'sanity.action.document.delete',
        publishedId,
        includeDrafts: [draftId],
      }),
    )
    expect(failure).toMatchObject({details: {type: 'actionError'}})
    expect(await stored([draftId])).toEqual([expect.objectContaining({_id: draftId})])
    await client.action({actionType: 'sanity.action.document.version.discard', versionId: draftId})
    expect(await stored([draftId])).toEqual([null])
  })

  test('a dry run writes nothing', async () => {
    const publishedId = target.id('rehearsed')
    await target.client().action(
      {
        actionType: 'sanity.action.document.create',
        publishedId,
        attributes: {_id: `drafts.${publishedId}`, _type: 'note'},
        ifExists: 'fail',
      },
      {dryRun: true},
    )
    expect(await stored([`drafts.${publishedId}`])).toEqual([null])
  })

  test('a release publishes all its versions at once', async () => {
    const client = target.client()
    const releaseId = `r${target.id('').replace(/\W/g, '').slice(-8)}`
    const [a, b] = [target.id('rel-a'), target.id('rel-b')]
    await client.create({_id: a, _type: 'note', text: 'before'})
    await client.releases.create({releaseId, metadata: {title: 'Budget', releaseType: 'asap'}})
    await client.createVersion({
      publishedId: a,
      releaseId,
      document: {_id: `versions.${releaseId}.${a}`, _type: 'note', text: 'after'},
    })
    await client.createVersion({
      publishedId: b,
      releaseId,
      document: {_id: `versions.${releaseId}.${b}`, _type: 'note', text: 'new'},
    })
    const stacked = await target
      .client({perspective: [releaseId, 'drafts']})
      .fetch('*[_id in $ids] | order(_id).text', {ids: [a, b]})
    expect(stacked).toEqual(['after', 'new'])
    await client.releases.publish({releaseId})
    expect(await stored([a, b, `versions.${releaseId}.${a}`])).toEqual([
      expect.objectContaining({text: 'after'}),
      expect.objectContaining({text: 'new'}),
      null,
    ])
    expect(await client.releases.get({releaseId})).toMatchObject({state: 'published'})
    await client.releases.delete({releaseId})
  })

  test('fetchDocuments finds the versions of a release in its perspective', async () => {
    const releaseId = `s${target.id('').replace(/\W/g, '').slice(-8)}`
    const publishedId = target.id('rel-c')
    const versionId = `versions.${releaseId}.${publishedId}`
    const document = {_id: versionId, _type: 'note', text: 'planned'}
    const client = target.client()
    await client.releases.create({releaseId, metadata: {title: 'Poll', releaseType: 'asap'}})
    await client.createVersion({publishedId, releaseId, document})
    const seenBy = async (perspective: ClientPerspective): Promise<readonly string[]> => {
      const {releases} = target.client({perspective})
      return (await releases.fetchDocuments({releaseId})).result.map(({_id}) => _id)
    }
    expect(await seenBy('raw')).toEqual([versionId])
    expect(await seenBy([releaseId])).toEqual([publishedId])
    // The client's default is the published perspective, which shows no versions.
    expect(await seenBy('published')).toEqual([])
    await client.discardVersion({publishedId, releaseId})
    await client.releases.archive({releaseId})
    await client.releases.delete({releaseId})
  })

  test('a version names the document that it was made from, and a release is found by its name', async () => {
    const releaseId = `b${target.id('').replace(/\W/g, '').slice(-8)}`
    const publishedId = target.id('rel-d')
    const versionId = `versions.${releaseId}.${publishedId}`
    const client = target.client({perspective: 'raw'})
    const {_rev} = await client.create({_id: publishedId, _type: 'note', text: 'now'})
    await client.releases.create({releaseId, metadata: {title: 'Vote', releaseType: 'asap'}})
    await client.createVersion({publishedId, releaseId, baseId: publishedId})
    expect(await client.getDocument(versionId)).toMatchObject({
      text: 'now',
      _system: {base: {id: publishedId, rev: _rev}},
    })
    const found = (release: string) =>
      client.fetch<string[]>('*[sanity::partOfRelease($release)]._id', {release})
    await expect.poll(() => found(releaseId)).toEqual([versionId])
    expect(await found(`_.releases.${releaseId}`)).toEqual([])
    await client.discardVersion({publishedId, releaseId})
    await client.releases.archive({releaseId})
    await client.releases.delete({releaseId})
    await client.delete(publishedId)
  })
})
