import {mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import {afterEach, describe, expect, it} from 'vitest'

import type {JsonObject} from '../../core/document.ts'
import {
  body,
  failure,
  lakeWithRelease,
  lakeWithSchedule,
  release,
  type TestLake,
  testLake,
} from '../testLake.ts'
import {publishDueReleases, scheduledReleases} from './scheduledReleases.ts'
import {startScheduler} from './scheduler.ts'

const unexpected = (error: unknown): never => {
  throw error
}

const stateOf = ({get}: TestLake) => get('_.releases.r1')?.state
const publishAt = '2026-01-01T01:00:00.000Z'

describe('a scheduled release', () => {
  const files: string[] = []
  afterEach(() => {
    for (const folder of files.splice(0)) rmSync(folder, {recursive: true})
  })

  it('has its time in UTC, and locks its versions until it is unscheduled', () => {
    const {act, get} = lakeWithSchedule()
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
    const lake = lakeWithSchedule()
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

  it('that cannot be published becomes active, with the reason', () => {
    const lake = lakeWithSchedule()
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
    lakeWithSchedule(file).store.close()
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
      onError: unexpected,
    }
    startScheduler(options).close()
    startScheduler(options).close()
    expect(published).toBe(1)
    expect(stateOf(lake)).toBe('published')
    lake.store.close()
  })

  it('is read again later after an error, and the commit stays', () => {
    let isBroken = false
    const broken = Object.assign(new Error('disk I/O error'), {errcode: 10})
    const lake = testLake({}, undefined, {
      fault: () => (isBroken ? {error: broken, rollsBack: false} : undefined),
    })
    const delays: number[] = []
    const errors: unknown[] = []
    const scheduler = startScheduler({
      store: lake.store,
      now: lake.context.now,
      publishDue: () => {},
      onError: (error) => errors.push(error),
      setTimer: (_callback, delay) => {
        delays.push(delay)
        return () => {}
      },
    })
    lake.act([release('create')])
    isBroken = true
    for (const commit of lake.commits) scheduler.onCommit(commit)
    expect(errors).toEqual([expect.objectContaining({status: 503})])
    expect(delays).toEqual([60_000])
    scheduler.close()
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
      onError: unexpected,
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

  it('is tried again after a minute, not at once, when publishing fails', () => {
    const lake = lakeWithRelease()
    const delays: number[] = []
    lake.act([release('schedule', {publishAt: '2026-01-01T00:00:30Z'})])
    lake.pass(60)
    const scheduler = startScheduler({
      store: lake.store,
      now: lake.context.now,
      publishDue: () => {},
      onError: unexpected,
      setTimer: (_callback, delay) => {
        delays.push(delay)
        return () => {}
      },
    })
    expect(delays).toEqual([60_000])
    expect(stateOf(lake)).toBe('scheduled')
    scheduler.close()
  })
})
