import {describe, expect, it} from 'vitest'

import type {Json, JsonObject} from '../../core/document.ts'
import {body, failure, itemFailure, lakeWith, testLake} from '../testLake.ts'
import {applyActions} from './applyActions.ts'

const bodyOf = (work: () => unknown) => failure(work).body

const publishing = (id: string): JsonObject => ({
  actionType: 'document.publish',
  publishedId: id,
  draftId: `drafts.${id}`,
})

describe('requests', () => {
  it.each<[string, Json]>([
    ['an object', []],
    ['with a list', {actions: {}}],
    ['with an action', {actions: []}],
    ['with a transaction id that is not a string', {actions: [{}], transactionId: 1}],
  ])('must be %s', (_, request) => {
    const {store, context} = testLake()
    expect(failure(() => applyActions(store, request, {}, context)).status).toBe(400)
  })

  it.each<[string, JsonObject]>([
    ['no type', {}],
    ['an unknown type', {actionType: 'document.explode'}],
    ['no id', {actionType: 'document.create', attributes: body('drafts.a')}],
    ['a draft as the published id', {actionType: 'document.delete', publishedId: 'drafts.a'}],
    [
      'the draft of another document',
      {actionType: 'document.publish', publishedId: 'a', draftId: 'drafts.b'},
    ],
    [
      'a published id for a draft',
      {actionType: 'document.publish', publishedId: 'a', draftId: 'a'},
    ],
    ['no attributes', {actionType: 'document.create', publishedId: 'a'}],
    [
      'another choice',
      {
        actionType: 'document.create',
        publishedId: 'a',
        attributes: body('drafts.a'),
        ifExists: 'x',
      },
    ],
    [
      'drafts that are no list',
      {actionType: 'document.delete', publishedId: 'a', includeDrafts: 'drafts.a'},
    ],
    ['a flag that is none', {actionType: 'document.delete', publishedId: 'a', purge: 'yes'}],
    [
      'a patch that is none',
      {actionType: 'document.edit', publishedId: 'a', draftId: 'drafts.a', patch: 1},
    ],
    ['a release name with a dot', {actionType: 'release.create', releaseId: 'a.b'}],
  ])('are refused for %s', (_, action) => {
    const {act} = testLake()
    const error = failure(() => act([action]))
    expect(error.status).toBe(400)
    expect(error.body).toEqual(itemFailure('validationError'))
  })

  it('are all or nothing, and name the action that failed', () => {
    const {act, ids} = lakeWith(body('drafts.a'))
    expect(bodyOf(() => act([publishing('a'), publishing('b')]))).toMatchObject({
      error: {items: [{index: 1, error: {type: 'documentNotFoundError'}}]},
    })
    expect(ids()).toEqual(['drafts.a'])
  })

  it('as dry runs say what would fail, and change nothing', () => {
    const {act, ids, store, context} = lakeWith(body('drafts.a'))
    const publish = publishing('a')
    expect(act([publish], {dryRun: true}).commit).toBeNull()
    const sent = {
      actions: [{...publish, actionType: 'sanity.action.document.publish'}],
      dryRun: true,
    }
    expect(applyActions(store, sent, {}, context).commit).toBeNull()
    expect(ids()).toEqual(['drafts.a'])
    expect(failure(() => act([{...publish, ifDraftRevisionId: 'x'}], {dryRun: true})).status).toBe(
      409,
    )
  })

  it('as dry runs are tests for permission', () => {
    const {act} = testLake({can: () => false})
    const error = failure(() =>
      act([{actionType: 'release.create', releaseId: 'r1'}], {dryRun: true}),
    )
    expect(error.status).toBe(403)
    expect(error.body).toEqual(itemFailure('insufficientPermissionsError', {permission: 'create'}))
  })
})
