/** Who may read a data folder, and what becomes of one that an earlier version wrote. */
import {execFileSync} from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import {tmpdir} from 'node:os'
import {dirname, join} from 'node:path'
import {gunzipSync} from 'node:zlib'

import {afterEach, beforeEach, describe, expect, test} from 'vitest'

import fixture from '../datasets/fixtures/dataFolderFormat1.json' with {type: 'json'}
import {snapshotFolder} from '../datasets/snapshots/snapshot.ts'
import {createLake, type Lake} from '../open/createLake.ts'
import {internalsOf} from '../open/internals.ts'
import {prepareSchema} from '../store/file/schema.ts'
import {connect} from '../store/file/sqliteConnection.ts'

let folder: string
let dataDir: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lake-folder-'))
  dataDir = join(folder, 'data')
})
afterEach(() => {
  rmSync(folder, {recursive: true})
})

const ask = (lake: Lake, path: string, body?: BodyInit): Promise<Response> =>
  lake.fetch(
    new Request(`http://localhost/v2025-02-19${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {authorization: `Bearer ${lake.token}`},
      ...(body !== undefined && {body}),
    }),
  )

/** Files and folders that others than their owner may do anything with. */
const open = (path: string): string[] => {
  const {mode} = statSync(path)
  const inside = statSync(path).isDirectory() ? readdirSync(path) : []
  return [
    ...((mode & 0o077) === 0 ? [] : [`${path} ${(mode & 0o777).toString(8)}`]),
    ...inside.flatMap((name) => open(join(path, name))),
  ]
}

const mutations = JSON.stringify({mutations: [{create: {_id: 'a', _type: 'note'}}]})

describe.skipIf(process.platform === 'win32')('a data folder is private', () => {
  test('with all that is in it while a lake runs, whatever the umask', async () => {
    const umask = process.umask(0)
    try {
      await using lake = createLake({dataDir})
      await ask(lake, '/data/mutate/production', mutations)
      await ask(lake, '/assets/files/production', 'bytes')
      await lake.reset('production')
      await ask(lake, '/data/mutate/production', mutations)
      await ask(lake, '/assets/files/production', 'bytes')
      const copied = new Request('http://localhost/v1/datasets/production/copy', {
        method: 'PUT',
        headers: {authorization: `Bearer ${lake.token}`},
        body: JSON.stringify({targetDataset: 'copy'}),
      })
      expect((await lake.fetch(copied)).status).toBe(200)
      const files = readdirSync(join(dataDir, 'datasets', 'copy'))
      expect(files).toEqual(expect.arrayContaining(['documents.sqlite', 'documents.sqlite-wal']))
      expect(open(dataDir)).toEqual([])
      await snapshotFolder(dataDir, join(folder, 'saved'))
      expect(open(join(folder, 'saved'))).toEqual([])
    } finally {
      process.umask(umask)
    }
  })

  test('once a lake has opened one that was not', async () => {
    await createLake({dataDir}).close()
    const datasets = join(dataDir, 'datasets')
    for (const path of [dataDir, datasets, join(datasets, 'production')]) chmodSync(path, 0o755)
    chmodSync(join(datasets, 'production', 'documents.sqlite'), 0o644)
    expect(open(dataDir)).toHaveLength(4)
    await createLake({dataDir}).close()
    expect(open(dataDir)).toEqual([])
  })

  test('or fails to open, where it holds other files', () => {
    mkdirSync(dataDir)
    chmodSync(dataDir, 0o755)
    writeFileSync(join(dataDir, 'package.json'), '{}')
    expect(() => createLake({dataDir})).toThrow(
      /Other users can read .* \(package.json\). .*chmod 700/,
    )
    expect(statSync(dataDir).mode & 0o777).toBe(0o755)
  })
})

const unpack = (): void => {
  for (const [path, bytes] of Object.entries(fixture.files)) {
    mkdirSync(dirname(join(dataDir, path)), {recursive: true})
    writeFileSync(join(dataDir, path), gunzipSync(Buffer.from(bytes, 'base64')))
  }
  chmodSync(dataDir, 0o700)
  writeFileSync(join(dataDir, 'project.json'), JSON.stringify(fixture.project))
}

describe('a folder of format 1', () => {
  test('is brought up to date, and its project file kept as it was', async () => {
    unpack()
    {
      await using lake = createLake({dataDir})
      expect(lake.datasets()).toEqual(['production', 'unused'])
      expect(internalsOf(lake).dataset('unused').record().aclMode).toBe('private')
      const {store} = internalsOf(lake).dataset('production')
      expect(store.get('story')).toMatchObject({title: 'Changed'})
      expect(store.get('drafts.story')).toMatchObject({title: 'Second'})
      expect(store.get('versions.rMonday01.story')).toMatchObject({title: 'Monday'})
      expect(store.history.documentAt('story', 1)).toMatchObject({title: 'First'})
      const [name = ''] = Object.keys(fixture.files).flatMap(
        (path) => /[^/]+\.txt$/.exec(path) ?? [],
      )
      const asset = await lake.fetch(
        new Request(`http://localhost/files/copydesk/production/${name}`),
      )
      expect(await asset.text()).toBe('twelve bytes')
      const {status} = await ask(lake, '/data/mutate/unused', mutations)
      expect(status).toBe(200)
    }
    const kept = readFileSync(join(dataDir, 'project.json.format-1'), 'utf8')
    expect(JSON.parse(kept)).toEqual(fixture.project)
    expect(JSON.parse(readFileSync(join(dataDir, 'project.json'), 'utf8'))).toMatchObject({
      format: 2,
    })
    expect(open(dataDir)).toEqual([])
  })

  test('gives a snapshot without being opened, the dataset that was never used included', async () => {
    unpack()
    await snapshotFolder(dataDir, join(folder, 'saved'))
    expect(existsSync(join(folder, 'saved', 'datasets', 'unused', 'documents.sqlite'))).toBe(true)
  })
})

test('a folder of a later format is refused and left as it is', async () => {
  await createLake({dataDir}).close()
  const path = join(dataDir, 'project.json')
  const later = readFileSync(path, 'utf8').replace('"format": 2', '"format": 3')
  writeFileSync(path, later)
  expect(() => createLake({dataDir})).toThrow(/format 3; this lake reads formats up to 2/)
  expect(readFileSync(path, 'utf8')).toBe(later)
  // The folder is free again.
  writeFileSync(path, later.replace('"format": 3', '"format": 2'))
  await createLake({dataDir}).close()
})

test('a dataset’s file is kept before it is migrated, and refused by the earlier version', () => {
  unpack()
  const file = join(dataDir, 'datasets', 'production', 'documents.sqlite')
  const nothing = '-- as it is'
  const later = connect(file)
  prepareSchema(later, file, [nothing, 'CREATE TABLE more (number INTEGER)'])
  expect(later.all('SELECT * FROM more')).toEqual([])
  later.close()
  const earlier = connect(file)
  expect(() => prepareSchema(earlier, file)).toThrow(/has format 2, written by a newer version/)
  earlier.close()
  const kept = connect(`${file}.format-1`)
  prepareSchema(kept, file)
  expect(kept.one('SELECT count(*) FROM document')).toEqual([5])
  kept.close()
})

test('a start that fails leaves the folder free, and nothing of it open', async () => {
  await createLake({dataDir}).close()
  const script = `
    import {createLake} from ${JSON.stringify(import.meta.resolve('../open/createLake.ts'))}
    import {readdirSync, readlinkSync} from 'node:fs'
    try { createLake({dataDir: ${JSON.stringify(dataDir)}, datasets: ['production', 'UPPER']}) }
    catch (error) { console.log(error.status) }
    const open = process.platform !== 'linux' ? [] : readdirSync('/proc/self/fd').flatMap((fd) => {
      try { return [readlinkSync('/proc/self/fd/' + fd)] } catch { return [] }
    })
    console.log(open.filter((path) => path.startsWith(${JSON.stringify(dataDir)})).join(' '))
    const again = createLake({dataDir: ${JSON.stringify(dataDir)}})
    await again.close()
    console.log('closed')`
  const out = execFileSync(process.execPath, ['--input-type=module', '--eval', script]).toString()
  expect(out).toBe('400\n\nclosed\n')
})
