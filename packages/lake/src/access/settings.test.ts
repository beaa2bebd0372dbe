import {mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import {afterEach, beforeEach, describe, expect, test} from 'vitest'

import {MAX_SETTINGS, MAX_SETTINGS_BYTES} from '../core/limits.ts'
import {restoreSnapshot} from '../datasets/snapshots/restoreSnapshot.ts'
import {snapshotFolder} from '../datasets/snapshots/snapshot.ts'
import {createLake, type Lake} from '../open/createLake.ts'
import {openSettings} from './settings.ts'

let folder: string
let dataDir: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lake-settings-'))
  dataDir = join(folder, 'data')
})
afterEach(() => rmSync(folder, {recursive: true}))

const projectText = (): string => readFileSync(join(dataDir, 'project.json'), 'utf8')
const files = (): string[] => readdirSync(join(dataDir, 'settings'))

const put = async (lake: Lake, pairs: readonly object[], token = lake.token) => {
  const response = await lake.fetch(
    new Request('http://localhost/v2026-05-04/users/me/keyvalue', {
      method: 'PUT',
      headers: {authorization: `Bearer ${token}`},
      body: JSON.stringify(pairs),
    }),
  )
  return {status: response.status, body: await response.json()}
}
const get = async (lake: Lake, key: string): Promise<unknown> => {
  const response = await lake.fetch(
    new Request(`http://localhost/v2026-05-04/users/me/keyvalue/${key}`, {
      headers: {authorization: `Bearer ${lake.token}`},
    }),
  )
  const [pair] = await response.json()
  return pair.value
}

describe('settings of a user', () => {
  test('are a private file of their own, and change no other', async () => {
    await using lake = createLake({dataDir})
    const before = projectText()
    await put(lake, [{key: 'layout', value: 'compact'}])
    const [local = ''] = files()
    const path = join(dataDir, 'settings', local)
    expect(statSync(path).mode & 0o077).toBe(0)
    const other = lake.createToken('Other', 'editor')
    const kept = readFileSync(path, 'utf8')
    await put(lake, [{key: 'layout', value: 'wide'}], other)
    expect(readFileSync(path, 'utf8')).toBe(kept)
    expect(files()).toHaveLength(2)
    expect(before).not.toContain('compact')
    expect(projectText()).not.toMatch(/compact|wide/)
  })

  test('survive a restart', async () => {
    const lake = createLake({dataDir})
    await put(lake, [{key: 'layout', value: {columns: [1, 2]}}])
    await lake.close()
    await using again = createLake({dataDir})
    expect(await get(again, 'layout')).toEqual({columns: [1, 2]})
  })

  test('have a bound in bytes and in number, below which they can always be brought', () => {
    const settings = openSettings(join(folder, 'settings'))
    const half = 'x'.repeat(MAX_SETTINGS_BYTES / 2)
    settings.set('u', [['a', half]])
    expect(() => settings.set('u', [['b', half]])).toThrow(/can keep at most 524288 bytes/)
    expect(settings.of('u')).toEqual({a: half})
    settings.adopt('u', {b: half, c: half})
    settings.set('u', [['c', 'short']])
    expect(() => settings.set('u', [['d', 1]])).toThrow(/bytes/)
    settings.set('other', [['b', half]])

    const many = Array.from({length: MAX_SETTINGS}, (_, n): [string, number] => [`${n}`, n])
    settings.set('v', many)
    expect(() => settings.set('v', [['one more', 1]])).toThrow(/500 keys/)
    settings.set('v', [['0', 'again']])
  })
})

describe('settings that an earlier lake kept in project.json', () => {
  test('are found again, and are there no longer', async () => {
    const lake = createLake({dataDir})
    await lake.close()
    const project: object = JSON.parse(projectText())
    const keyValues = {local: {layout: 'old', ['__proto__']: 1}, pGone1234: {a: 1}}
    writeFileSync(join(dataDir, 'project.json'), JSON.stringify({...project, keyValues}))

    for (let restart = 0; restart < 2; restart++) {
      await using again = createLake({dataDir})
      expect(await get(again, 'layout')).toBe('old')
      expect(JSON.parse(projectText())).toMatchObject({keyValues: {}})
    }
    expect(openSettings(join(dataDir, 'settings')).all()).toMatchObject({pGone1234: {a: 1}})
  })
})

describe('a snapshot', () => {
  test('has them, of a lake that runs and of one that does not', async () => {
    const lake = createLake({dataDir})
    await put(lake, [{key: 'layout', value: 'saved'}])
    await lake.snapshot(join(folder, 'running'))
    await put(lake, [
      {key: 'layout', value: 'later'},
      {key: 'more', value: 1},
    ])
    await lake.close()
    await snapshotFolder(dataDir, join(folder, 'stopped'))

    for (const [snapshot, layout, more] of [
      ['running', 'saved', null],
      ['stopped', 'later', 1],
    ] as const) {
      await restoreSnapshot(join(folder, snapshot), dataDir, {replace: true})
      await using restored = createLake({dataDir})
      // What was there before is gone with the rest of the folder.
      expect([await get(restored, 'layout'), await get(restored, 'more')]).toEqual([layout, more])
    }
  })
})
