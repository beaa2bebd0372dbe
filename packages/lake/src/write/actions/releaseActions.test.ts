import {describe, expect, it} from 'vitest'

import type {JsonObject} from '../../core/document.ts'
import {body, failure, lakeWithRelease, release, type TestLake, testLake} from '../testLake.ts'

const stateOf = ({get}: TestLake) => get('_.releases.r1')?.state
const publishAt = '2026-01-01T01:00:00.000Z'

describe('a release', () => {
  it('is a document with a state and metadata', () => {
    const lake = testLake()
    lake.act([release('create', {metadata: {title: 'Autumn'}})])
    expect(lake.get('_.releases.r1')).toMatchObject({
      _type: 'system.release',
      name: 'r1',
      state: 'active',
      metadata: {title: 'Autumn', releaseType: 'undecided'},
    })
    expect(failure(() => lake.act([release('create')])).status).toBe(409)
  })

  it('is rejected with invalid metadata', () => {
    const {act} = testLake()
    expect(failure(() => act([release('create', {metadata: {releaseType: 'soon'}})])).status).toBe(
      400,
    )
    expect(failure(() => act([release('create', {metadata: {cardinality: 'two'}})])).status).toBe(
      400,
    )
  })

  it('is edited in its metadata alone', () => {
    const {act, get} = lakeWithRelease()
    act([release('edit', {patch: {set: {'metadata.title': 'Winter'}, unset: ['metadata.none']}})])
    expect(get('_.releases.r1')?.metadata).toEqual({title: 'Winter', releaseType: 'asap'})
    const forbidden: JsonObject[] = [
      {state: 'published'},
      {name: 'x'},
      {'metadata.releaseType': 'soon'},
    ]
    for (const set of forbidden) {
      expect(failure(() => act([release('edit', {patch: {set}})])).status).toBe(400)
    }
  })

  it('publishes every version at once and remembers them', () => {
    const {act, get, ids, commits} = lakeWithRelease()
    act([release('publish')], {transactionId: 'tx'})
    expect(ids()).toEqual(['_.releases.r1', 'drafts.gone', 'new', 'old'])
    expect(get('old')).toMatchObject({n: 2, _rev: 'tx'})
    expect(get('_.releases.r1')).toMatchObject({
      state: 'published',
      publishedAt: '2026-01-01T00:00:00.000Z',
      finalDocumentStates: [
        {id: 'versions.r1.gone'},
        {id: 'versions.r1.new'},
        {id: 'versions.r1.old'},
      ],
    })
    expect(
      commits
        .at(-1)
        ?.changes.map(({id}) => id)
        .toSorted(),
    ).toEqual([
      '_.releases.r1',
      'drafts.gone',
      'gone',
      'new',
      'old',
      'versions.r1.gone',
      'versions.r1.new',
      'versions.r1.old',
    ])
  })

  it('leaves what it unpublishes with the editors, as the draft that is there or a new one', () => {
    const {act, get, ids} = lakeWithRelease()
    const {_type, _createdAt} = get('gone') ?? {}
    act([release('publish')])
    expect(ids()).not.toContain('gone')
    expect(get('drafts.gone')).toMatchObject({_type, _createdAt})
    expect(_createdAt).toBeDefined()
    expect(get('drafts.gone')).not.toHaveProperty('_system')

    const other = lakeWithRelease()
    const draft = {publishedId: 'gone', draftId: 'drafts.gone', patch: {set: {n: 'edited'}}}
    other.act([{actionType: 'document.edit', ...draft}])
    other.act([release('publish')])
    expect(other.get('drafts.gone')).toMatchObject({n: 'edited'})
    expect(other.ids()).not.toContain('gone')
  })

  it('publishes all or nothing', () => {
    const lake = lakeWithRelease()
    lake.mutate([{create: body('b', {ref: {_type: 'reference', _ref: 'gone'}})}])
    expect(failure(() => lake.act([release('publish')])).status).toBe(409)
    expect(stateOf(lake)).toBe('active')
    expect(lake.get('old')).toMatchObject({n: 1})
  })

  it('is archived without its versions, and brought back with them', () => {
    const {act, get, ids} = lakeWithRelease()
    act([release('archive')])
    expect(ids()).toEqual(['_.releases.r1', 'gone', 'old'])
    expect(get('_.releases.r1')).toMatchObject({
      state: 'archived',
      finalDocumentStates: [
        {id: 'versions.r1.gone'},
        {id: 'versions.r1.new'},
        {id: 'versions.r1.old'},
      ],
    })
    act([release('unarchive')])
    expect(get('_.releases.r1')).toMatchObject({state: 'active'})
    expect(get('_.releases.r1')).not.toHaveProperty('finalDocumentStates')
    expect(get('versions.r1.old')).toMatchObject({n: 2, _system: {bundleId: 'r1'}})
    expect(get('versions.r1.gone')?._system).toMatchObject({delete: true})
  })

  it('is imported in the state it was exported in', () => {
    const lake = testLake()
    const attributes = body('_.releases.r1', {name: 'r1', state: 'published', publishedAt: 'then'})
    const send = (ifExists: string, fields: JsonObject = {}) =>
      lake.act([release('import', {ifExists, attributes: {...attributes, ...fields}})])
    send('fail')
    expect(lake.get('_.releases.r1')).toMatchObject({_type: 'system.release', publishedAt: 'then'})
    expect(failure(() => send('fail')).status).toBe(409)
    expect(send('ignore', {state: 'archived'}).commit).toBeNull()
    send('replace', {state: 'archived'})
    expect(stateOf(lake)).toBe('archived')
  })

  it('goes from state to state as allowed, and no other way', () => {
    const verbs = ['edit', 'schedule', 'unschedule', 'publish', 'archive', 'unarchive', 'delete']
    const allowed: Record<string, readonly string[]> = {
      active: ['edit', 'schedule', 'publish', 'archive'],
      scheduled: ['edit', 'unschedule', 'publish'],
      published: ['delete'],
      archived: ['unarchive', 'delete'],
    }
    for (const [state, done] of Object.entries(allowed)) {
      const lake = lakeWithRelease()
      const {act} = lake
      if (state === 'scheduled') act([release('schedule', {publishAt})])
      if (state === 'published') act([release('publish')])
      if (state === 'archived') act([release('archive')])
      expect(stateOf(lake)).toBe(state)
      const possible = verbs.filter((verb) => {
        try {
          return act([release(verb, {publishAt, patch: {}})], {dryRun: true}).commit === null
        } catch {
          return false
        }
      })
      expect({state, possible}).toEqual({state, possible: done})
    }
  })

  it('can be deleted when it is published or archived', () => {
    const {act, ids} = lakeWithRelease()
    act([release('publish'), release('delete')])
    expect(ids()).toEqual(['drafts.gone', 'new', 'old'])
  })

  it('must exist', () => {
    expect(failure(() => testLake().act([release('publish')])).body).toMatchObject({
      error: {items: [{error: {type: 'documentNotFoundError', id: '_.releases.r1'}}]},
    })
  })

  it('holds a thousand documents and not one more', () => {
    const {act, mutate, store} = testLake()
    const versions = Array.from({length: 1000}, (_, n) => ({create: body(`versions.r1.d${n}`)}))
    mutate(versions)
    const one = body('versions.r1.more')
    expect(failure(() => mutate([{create: one}])).message).toContain('1001 documents')
    expect(
      failure(() =>
        act([{actionType: 'document.version.create', publishedId: 'more', document: one}]),
      ).status,
    ).toBe(400)
    expect(store.revision).toBe(1)
  })

  it('is published and scheduled with 100 MB and not more', () => {
    const {act, mutate} = testLake()
    act([release('create')])
    const text = 'x'.repeat(31_000_000)
    for (const id of ['a', 'b', 'c']) mutate([{create: {...body(`versions.r1.${id}`), text}}])
    mutate([{create: {...body('versions.r1.d'), text: 'x'.repeat(7_000_000)}}])
    const schedule = release('schedule', {publishAt: '2030-01-01T00:00:00Z'})
    for (const action of [release('publish'), schedule]) {
      expect(failure(() => act([action])).message).toContain('more than 100000000')
    }
    mutate([{delete: {id: 'versions.r1.d'}}])
    act([schedule])
  })
})
