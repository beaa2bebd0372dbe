import {mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import {afterEach, describe, expect, it} from 'vitest'

import type {JsonObject} from '../document.ts'
import {publishDueReleases, scheduledReleases} from './schedule.ts'
import {startScheduler} from './scheduler.ts'
import {failure, type TestLake, testLake} from './testing.ts'

const release = (verb: string, fields: JsonObject = {}): JsonObject => ({
  actionType: `release.${verb}`,
  releaseId: 'r1',
  ...fields,
})

const body = (id: string, fields: JsonObject = {}): JsonObject => ({_id: id, _type: 't', ...fields})

const stateOf = ({get}: TestLake) => get('_.releases.r1')?.state

/** A release with a new document `new`, a change of `old`, and the end of `gone`. */
const lakeWithRelease = (file?: string) => {
  const lake = testLake({}, file)
  lake.mutate([{create: body('old', {n: 1})}, {create: body('gone')}])
  lake.act([
    release('create', {metadata: {title: 'Autumn', releaseType: 'asap'}}),
    {
      actionType: 'document.version.create',
      publishedId: 'new',
      document: body('versions.r1.new', {n: 1}),
    },
    {
      actionType: 'document.version.create',
      publishedId: 'old',
      document: body('versions.r1.old', {n: 2}),
    },
    {actionType: 'document.version.unpublish', publishedId: 'gone', versionId: 'versions.r1.gone'},
  ])
  return lake
}

const publishAt = '2026-01-01T01:00:00.000Z'

const scheduled = (file?: string) => {
  const lake = lakeWithRelease(file)
  lake.act([release('schedule', {publishAt: '2026-01-01T03:00:00+02:00'})])
  return lake
}

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

  it('is refused with impossible metadata', () => {
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
    expect(ids()).toEqual(['_.releases.r1', 'new', 'old'])
    expect(get('old')).toMatchObject({n: 2, _rev: 'tx'})
    expect(get('_.releases.r1')).toMatchObject({
      state: 'published',
      publishedAt: '2026-01-01T00:00:00.000Z',
      finalDocumentStates: [{id: 'gone'}, {id: 'new'}, {id: 'old'}],
    })
    expect(
      commits
        .at(-1)
        ?.changes.map(({id}) => id)
        .toSorted(),
    ).toEqual([
      '_.releases.r1',
      'gone',
      'new',
      'old',
      'versions.r1.gone',
      'versions.r1.new',
      'versions.r1.old',
    ])
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

  it('is deleted when it is done', () => {
    const {act, ids} = lakeWithRelease()
    act([release('publish'), release('delete')])
    expect(ids()).toEqual(['new', 'old'])
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
})

describe('a scheduled release', () => {
  const files: string[] = []
  afterEach(() => {
    for (const folder of files.splice(0)) rmSync(folder, {recursive: true})
  })

  it('has its time in UTC, and locks its versions until it is unscheduled', () => {
    const {act, get} = scheduled()
    expect(get('_.releases.r1')).toMatchObject({state: 'scheduled', publishAt})
    const edit = {
      actionType: 'document.edit',
      publishedId: 'old',
      draftId: 'versions.r1.old',
      patch: {set: {n: 3}},
    }
    expect(failure(() => act([edit])).message).toContain('locked')
    act([release('unschedule'), edit])
    expect(get('_.releases.r1')).not.toHaveProperty('publishAt')
    expect(get('versions.r1.old')).toMatchObject({n: 3})
  })

  it('must have a time', () => {
    expect(
      failure(() => lakeWithRelease().act([release('schedule', {publishAt: 'soon'})])).status,
    ).toBe(400)
  })

  it('is published when it is due, once, in the name of who scheduled it', () => {
    const lake = scheduled()
    const system = {...lake.context, author: 'lake'}
    expect(scheduledReleases(lake.store)).toEqual([
      {name: 'r1', publishAt: Date.parse(publishAt), author: 'alice'},
    ])
    lake.pass(3599)
    expect(publishDueReleases(lake.store, system)).toEqual([])
    lake.pass(1)
    const [commit, ...more] = publishDueReleases(lake.store, system)
    expect(more).toEqual([])
    expect(commit).toMatchObject({author: 'alice', timestamp: publishAt})
    expect(stateOf(lake)).toBe('published')
    expect(lake.get('old')).toMatchObject({n: 2})
    expect(publishDueReleases(lake.store, system)).toEqual([])
  })

  it('that cannot be published becomes active and says why', () => {
    const lake = scheduled()
    lake.mutate([{create: body('b', {ref: {_type: 'reference', _ref: 'gone'}})}])
    lake.pass(3600)
    expect(publishDueReleases(lake.store, lake.context)).toHaveLength(1)
    const document = lake.get('_.releases.r1')
    expect(document).toMatchObject({
      state: 'active',
      error: {message: expect.stringContaining('gone')},
    })
    expect(document).not.toHaveProperty('publishAt')
    lake.act([release('schedule', {publishAt})])
    expect(lake.get('_.releases.r1')).not.toHaveProperty('error')
  })

  it('is published on the next start when nothing ran at its time', () => {
    const folder = mkdtempSync(join(tmpdir(), 'lake-'))
    files.push(folder)
    const file = join(folder, 'documents.sqlite')
    scheduled(file).store.close()
    const lake = testLake({}, file)
    lake.pass(24 * 3600)
    let published = 0
    const options = {
      store: lake.store,
      now: lake.context.now,
      publishDue: () => {
        published += publishDueReleases(lake.store, {...lake.context, newId: () => 'tx'}).length
      },
      setTimer: () => () => {},
    }
    startScheduler(options).close()
    startScheduler(options).close()
    expect(published).toBe(1)
    expect(stateOf(lake)).toBe('published')
    lake.store.close()
  })

  it('is waited for by one timer, which follows changes of the schedule', () => {
    const lake = lakeWithRelease()
    let timer: {callback: () => void; delay: number} | undefined
    const scheduler = startScheduler({
      store: lake.store,
      now: lake.context.now,
      publishDue: () => {
        for (const commit of publishDueReleases(lake.store, lake.context))
          scheduler.onCommit(commit)
      },
      setTimer: (callback, delay) => {
        timer = {callback, delay}
        return () => (timer = undefined)
      },
    })
    const act = (action: JsonObject) => {
      const {commit} = lake.act([action])
      if (commit) scheduler.onCommit(commit)
    }
    expect(timer).toBeUndefined()
    act(release('schedule', {publishAt: '2026-01-01T00:00:30Z'}))
    expect(timer?.delay).toBe(30_000)
    act(release('unschedule'))
    expect(timer).toBeUndefined()
    act(release('schedule', {publishAt: '2026-02-01T00:00:00Z'}))
    expect(timer?.delay).toBe(60_000)
    lake.pass(31 * 24 * 3600)
    timer?.callback()
    expect(stateOf(lake)).toBe('published')
    expect(timer).toBeUndefined()
    scheduler.close()
  })
})
