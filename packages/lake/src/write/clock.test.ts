import {mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import {afterEach, beforeEach, describe, expect, it} from 'vitest'

import {parseTimestamp, parseStoredTimestamp} from '../core/timestamp.ts'
import {compareWithFresh} from '../store/check/compareWithFresh.ts'
import {utcTime} from './history/pastDocuments.ts'
import {body, failure, itemFailure, lakeWithRelease, release, testLake} from './testLake.ts'

const HOUR = 3600

describe('a clock that is set back', () => {
  let folder: string
  let file: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'lake-clock-'))
    file = join(folder, 'test.db')
  })
  afterEach(() => rmSync(folder, {recursive: true}))

  it('takes no commit behind the one before it, also after a restart', () => {
    const first = testLake({}, file)
    first.mutate([{create: body('a', {n: 1})}])
    first.pass(-HOUR)
    first.mutate([{create: body('b')}, {patch: {id: 'a', set: {n: 2}}}])
    first.store.close()

    const second = testLake({newId: () => 'again'}, file)
    second.pass(-24 * HOUR)
    second.mutate([{patch: {id: 'b', set: {n: 3}}}, {create: body('c')}])
    const START = '2026-01-01T00:00:00.000Z'
    for (const id of ['a', 'b', 'c']) {
      expect(second.get(id)).toMatchObject({_createdAt: START, _updatedAt: START})
    }
    second.pass(25 * HOUR)
    second.mutate([{patch: {id: 'a', set: {n: 4}}}], {transactionId: 'last'})
    expect(second.get('a')).toMatchObject({n: 4, _updatedAt: '2026-01-01T01:00:00.000Z'})

    const times = Array.from(second.store.history.transactions({}), ({timestamp}) => timestamp)
    expect(times).toEqual(times.toSorted())
    const {history} = second.store
    const at = (time: string) => history.documentAt('a', history.sequenceAt(time))
    expect(at('2025-12-31T23:30:00.000Z')).toBeNull()
    expect(at(START)).toMatchObject({n: 2})
    expect(at('2026-01-01T00:59:59.999Z')).toMatchObject({n: 2})
    expect(at('2026-01-01T01:00:00.000Z')).toMatchObject({n: 4})
    expect(compareWithFresh(second.store)).toEqual([])
    second.store.close()
  })
})

describe('a time that a client sends', () => {
  const zone = process.env['TZ']
  beforeEach(() => {
    process.env['TZ'] = 'America/New_York'
  })
  afterEach(() => {
    if (zone === undefined) delete process.env['TZ']
    else process.env['TZ'] = zone
  })

  it.each([
    ['2030-01-31T09:00:00Z', '2030-01-31T09:00:00.000Z'],
    ['2030-01-31T09:00Z', '2030-01-31T09:00:00.000Z'],
    ['2030-01-31T09:00:00.25+02:00', '2030-01-31T07:00:00.250Z'],
    ['2030-01-31T23:30:00-0100', '2030-02-01T00:30:00.000Z'],
  ])('is read: %s', (text, expected) => {
    expect(new Date(parseTimestamp(text) ?? Number.NaN).toISOString()).toBe(expected)
    expect(utcTime(text)).toBe(expected)
  })

  it.each(['2030-01-31T09:00:00', '2030-01-31 09:00Z', '2030-02-30T09:00:00Z', '31 Jan 2030', '9'])(
    'is refused: %s',
    (text) => {
      expect(failure(() => utcTime(text)).status).toBe(400)
      const lake = lakeWithRelease()
      const type = 'validationError'
      const refused = failure(() => lake.act([release('schedule', {publishAt: text})]))
      expect(refused.status).toBe(400)
      expect(refused.body).toEqual(itemFailure(type))
      expect(refused.message).toContain('with a time zone, such as 2030-01-31T09:00:00Z')
      const metadata = {releaseType: 'scheduled', intendedPublishAt: text}
      const created = failure(() =>
        lake.act([{actionType: 'release.create', releaseId: 'r2', metadata}]),
      )
      expect(created.body).toEqual(itemFailure(type))
      const patch = {set: {'metadata.intendedPublishAt': text}}
      expect(failure(() => lake.act([release('edit', {patch})])).body).toEqual(itemFailure(type))
      const document = {state: 'scheduled', publishAt: text}
      const imported = {actionType: 'release.import', releaseId: 'r3', document}
      expect(failure(() => lake.act([imported])).body).toEqual(itemFailure(type))
    },
  )

  it('begins at midnight in UTC where a day is enough', () => {
    expect(utcTime('2030-01-31')).toBe('2030-01-31T00:00:00.000Z')
  })

  it('is in UTC where it is stored without a zone', () => {
    expect(parseStoredTimestamp('2030-01-31T09:00:00')).toBe(Date.parse('2030-01-31T09:00:00Z'))
    const lake = lakeWithRelease()
    const stored = {'metadata.intendedPublishAt': '2030-01-31T09:00:00'}
    lake.mutate([{patch: {id: '_.releases.r1', set: stored}}])
    // It may stay when something else is edited.
    lake.act([release('edit', {patch: {set: {'metadata.title': 'Winter'}}})])
    expect(lake.get('_.releases.r1')).toMatchObject({metadata: {title: 'Winter'}})
  })
})
