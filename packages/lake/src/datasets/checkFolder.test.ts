import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {DatabaseSync} from 'node:sqlite'
import {setTimeout as wait} from 'node:timers/promises'

import {afterAll, afterEach, beforeAll, beforeEach, describe, expect, test} from 'vitest'

import {createLake} from '../open/createLake.ts'
import {internalsOf} from '../open/internals.ts'
import {settle} from '../store/testCommits.ts'
import {checkFolder, type CheckOptions} from './checkFolder.ts'

/** Faults planted in a real data folder are found, and derived data is rebuilt. */
let sound: string
let dataDir: string
const file = (): string => join(dataDir, 'datasets', 'production', 'documents.sqlite')

const ask = async (path: string, body: string, type = 'application/json'): Promise<void> => {
  await using lake = createLake({dataDir})
  const response = await lake.fetch(
    new Request(`http://localhost/v2025-02-19${path}`, {
      method: 'POST',
      headers: {authorization: `Bearer ${lake.token}`, 'content-type': type},
      body,
    }),
  )
  expect(response.status).toBe(200)
}

beforeAll(async () => {
  dataDir = sound = join(mkdtempSync(join(tmpdir(), 'lake-check-')), 'data')
  const mutations = [
    {create: {_id: 'topic', _type: 'topic', title: 'One two'}},
    {create: {_id: 'drafts.topic', _type: 'topic', title: 'One two three'}},
    ...Array.from({length: 120}, (_, n) => ({
      create: {
        _id: `a${n}`,
        _type: 'article',
        n,
        topic: {_ref: 'topic'},
        odd: {_ref: '', _weak: true},
      },
    })),
  ]
  const body = JSON.stringify({mutations: mutations.slice(0, 60)})
  await ask('/data/mutate/production', body)
  await ask('/data/mutate/production', JSON.stringify({mutations: mutations.slice(60)}))
  const again = [{patch: {id: 'a1', set: {n: 500}}}]
  await ask('/data/mutate/production', JSON.stringify({mutations: again}))
  await ask('/assets/files/production', 'the bytes of a file', 'text/plain')
  await using lake = createLake({dataDir})
  const {store} = internalsOf(lake).dataset('production')
  const {access} = store.source({perspective: 'raw', includePrivate: true})
  for (let turn = 0; turn < 12; turn += 1) {
    access?.ordered({types: ['article'], path: 'n', direction: 'asc'})
    access?.ordered({types: ['article'], path: 'n', direction: 'asc', refersTo: ['topic']})
  }
  settle(store)
})
afterAll(() => rmSync(join(sound, '..'), {recursive: true}))
beforeEach(() => {
  dataDir = join(mkdtempSync(join(tmpdir(), 'lake-check-')), 'data')
  cpSync(sound, dataDir, {recursive: true})
})
afterEach(() => rmSync(join(dataDir, '..'), {recursive: true}))

const change = (sql: string): void => {
  const database = new DatabaseSync(file())
  database.exec(sql)
  database.close()
}

const check = async (options: CheckOptions = {}) => {
  const [checked] = await checkFolder(dataDir, options)
  return checked
}

test('a sound folder has nothing wrong', async () => {
  expect(await check()).toEqual({name: 'production', findings: [], repaired: 0, backup: null})
  expect(await check({repair: true})).toMatchObject({findings: [], backup: null})
})

test('nor has a copy, whose assets have other addresses', async () => {
  {
    await using lake = createLake({dataDir})
    const {store} = internalsOf(lake).dataset('production')
    settle(store)
    const response = await lake.fetch(
      new Request('http://localhost/v2025-02-19/projects/copydesk/datasets/production/copy', {
        method: 'PUT',
        headers: {authorization: `Bearer ${lake.token}`, 'content-type': 'application/json'},
        body: JSON.stringify({targetDataset: 'copy'}),
      }),
    )
    expect(response.status).toBe(200)
    const deadline = Date.now() + 20_000
    while (!lake.datasets().includes('copy') && Date.now() < deadline) await wait(20)
  }
  const checked = await checkFolder(dataDir)
  expect(checked.map(({name, findings}) => [name, findings])).toEqual([
    ['production', []],
    ['copy', []],
  ])
})

describe('what follows from the documents', () => {
  test.each([
    ['counters', "UPDATE counter SET total = total + 1 WHERE type = 'article'"],
    ['counters', "DELETE FROM counter WHERE type = 'topic'"],
    ['counters', "UPDATE meta SET value = value + 1 WHERE name = 'irregular_references'"],
    ['counters', "UPDATE meta SET value = '[32,{},null]' WHERE name = 'attributes'"],
    ['references', "DELETE FROM reference WHERE grp = 'a7'"],
    ['references', "UPDATE reference SET strong = 0 WHERE grp = 'a7'"],
    ['references', "INSERT INTO reference VALUES (1, 'article', '', 'ghost', 0, 1)"],
    ['indexes', "DELETE FROM key WHERE grp = 'a7'"],
    ['indexes', "UPDATE key SET value = 7000.0 WHERE grp = 'a7'"],
    ['indexes', "INSERT INTO key SELECT shape, layer, 1.5, 'ghost', 0 FROM key LIMIT 1"],
    ['indexes', "DELETE FROM reference_key WHERE grp = 'a7'"],
    ['indexes', "UPDATE document SET hidden = 1 WHERE grp = 'a7'"],
    ['documents', "UPDATE document SET type = 'other' WHERE grp = 'a7'"],
    ['words', "DELETE FROM token WHERE rowid = (SELECT number FROM document WHERE grp = 'a7')"],
    ['words', "INSERT INTO token (rowid, text) VALUES (99999, 'ghost')"],
    [
      'words',
      `INSERT OR REPLACE INTO token (rowid, text)
       SELECT number, 'other' FROM document WHERE grp = 'topic'`,
    ],
  ])('is reported and rebuilt: %s, %s', async (part, sql) => {
    change(sql)
    const found = await check()
    expect(found?.findings.map((finding) => finding.part)).toContain(part)
    expect(found?.findings.every(({isDerived}) => isDerived)).toBe(true)
    const repaired = await check({repair: true, now: () => 0})
    const backup = join(dataDir, 'before-repair', 'production-1970-01-01T00-00-00-000Z')
    expect(repaired).toMatchObject({findings: [], backup})
    expect(repaired?.repaired).toBeGreaterThan(0)
    expect(existsSync(join(backup, 'documents.sqlite'))).toBe(true)
    expect(await check()).toMatchObject({findings: []})
    await using lake = createLake({dataDir})
    const {access, get} = internalsOf(lake)
      .dataset('production')
      .store.source({perspective: 'raw', includePrivate: true})
    expect(access?.count('article')).toBe(120)
    expect(get('a1')).toMatchObject({n: 500})
    const ordered = access?.ordered({types: ['article'], path: 'n', direction: 'desc'})
    expect([...(ordered ?? [])].slice(0, 2).map(({_id}) => _id)).toEqual(['a1', 'a119'])
  })
})

describe('damage that cannot be derived', () => {
  test.each([
    ['documents', 'DELETE FROM body WHERE number = 7'],
    ['documents', `UPDATE body SET json = '{"_id":"a7' WHERE number = 7`],
    ['history', 'DELETE FROM transaction_log WHERE sequence = 2'],
    ['history', `UPDATE change SET before = json_set(before, '$._rev', 'x') WHERE before <> ''`],
    ['history', `UPDATE body SET json = json_set(json, '$._rev', 'x') WHERE number = 9`],
  ])('is found wrong, and stays for a snapshot to restore: %s, %s', async (part, sql) => {
    change(sql)
    const found = await check()
    expect(found?.findings).toContainEqual(expect.objectContaining({part, isDerived: false}))
    const tried = await check({repair: true})
    expect(tried?.findings).toContainEqual(expect.objectContaining({part, isDerived: false}))
  })

  test('are the bytes of assets', async () => {
    const files = join(dataDir, 'datasets', 'production', 'assets', 'files')
    const [name = ''] = readdirSync(files)
    writeFileSync(join(files, name), 'other bytes')
    expect((await check())?.findings).toEqual([
      expect.objectContaining({part: 'assets', message: expect.stringContaining(name)}),
    ])
    rmSync(join(files, name))
    expect((await check())?.findings).toEqual([
      expect.objectContaining({part: 'assets', message: expect.stringContaining('are missing')}),
    ])
  })

  test('includes damaged pages and missing files', async () => {
    writeFileSync(file(), 'Once upon a time there was a text file.'.repeat(500))
    const part = 'file'
    expect((await check())?.findings).toEqual([expect.objectContaining({part})])
    rmSync(file())
    expect((await check({repair: true}))?.findings).toEqual([
      expect.objectContaining({part, message: expect.stringContaining('is missing or empty')}),
    ])
  })
})

test('a repair waits for the lake to stop, a look does not', async () => {
  await using lake = createLake({dataDir})
  expect(lake.datasets()).toEqual(['production'])
  expect((await check())?.findings).toEqual([])
  await expect(check({repair: true})).rejects.toThrow(/A lake runs on .* Stop it before/)
  await expect(check({dataset: 'other'})).rejects.toThrow(/has no dataset "other"/)
})

const move = (to: string): void =>
  renameSync(join(dataDir, 'datasets', 'production'), join(dataDir, 'datasets', to))
const findings = async () => (await checkFolder(dataDir)).flatMap((one) => one.findings)

describe('a process that was killed while it created or deleted a dataset', () => {
  test('leaves nothing wrong: the next start goes on', async () => {
    move('.ready~production~1')
    expect(await findings()).toEqual([])
    await ask('/data/query/production', JSON.stringify({query: '*[]'}), 'application/json')
    expect(existsSync(file())).toBe(true)
    move('.deleted~production~1')
    expect(await findings()).toEqual([])
  })

  test('does not hide damage, or a folder that is missing', async () => {
    change('DELETE FROM body WHERE number = 1')
    move('.ready~production~1')
    expect((await findings()).length).toBeGreaterThan(0)
    rmSync(join(dataDir, 'datasets', '.ready~production~1'), {recursive: true})
    expect(await findings()).toMatchObject([{message: expect.stringContaining('missing or empty')}])
  })
})
