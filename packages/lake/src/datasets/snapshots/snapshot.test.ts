/** Snapshots of lakes that are in use, and restoring those that are not what they should be. */
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {DatabaseSync} from 'node:sqlite'

import {afterEach, beforeEach, describe, expect, test} from 'vitest'

import {readPrivateJson, writePrivateJson} from '../../access/privateFile.ts'
import {openProject} from '../../access/project.ts'
import {isJsonObject, type JsonObject} from '../../core/document.ts'
import {createLake, type Lake} from '../../open/createLake.ts'
import {internalsOf} from '../../open/internals.ts'
import {copyDatasetFile} from '../../store/file/datasetFile.ts'
import {restoreSnapshot} from './restoreSnapshot.ts'
import {snapshotFolder, writeSnapshot} from './snapshot.ts'

let folder: string
let dataDir: string
let saved: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lake-snapshot-'))
  dataDir = join(folder, 'data')
  saved = join(folder, 'saved')
})
afterEach(() => {
  rmSync(folder, {recursive: true})
})

const ask = (lake: Lake, method: string, path: string, body?: BodyInit): Promise<Response> =>
  lake.fetch(
    new Request(`http://localhost/v2025-02-19${path}`, {
      method,
      headers: {authorization: `Bearer ${lake.token}`},
      ...(body !== undefined && {body}),
      ...(body instanceof ReadableStream && {duplex: 'half'}),
    }),
  )

const write = (lake: Lake, id: string, dataset = 'production'): Promise<Response> =>
  ask(
    lake,
    'POST',
    `/data/mutate/${dataset}`,
    JSON.stringify({mutations: [{createOrReplace: {_id: id, _type: 'note'}}]}),
  )

const upload = async (lake: Lake, bytes: BodyInit): Promise<string> => {
  const answer: unknown = await (await ask(lake, 'POST', '/assets/files/production', bytes)).json()
  const document = isJsonObject(answer) ? answer['document'] : null
  return isJsonObject(document) ? String(document['path']) : ''
}

const ids = (lake: Lake, dataset = 'production'): string[] =>
  [
    ...internalsOf(lake)
      .dataset(dataset)
      .store.source({perspective: 'raw', includePrivate: true})
      .scan(),
  ].map(({_id}) => _id)

const documentsIn = (home: string, name = 'production'): string =>
  join(home, 'datasets', name, 'documents.sqlite')

describe('a snapshot', () => {
  test('holds a dataset that was never used, and one state of all of them', async () => {
    await using lake = createLake({dataDir, datasets: ['production', 'other', 'unused']})
    await write(lake, 'a')
    await write(lake, 'a', 'other')
    let count = 0
    const writing = (async () => {
      while (count < 200) {
        count += 1
        // The first of a pair is there whenever the second is.
        await write(lake, `n${count}`)
        await write(lake, `n${count}`, 'other')
      }
    })()
    await lake.snapshot(saved)
    const outside = join(folder, 'outside')
    await snapshotFolder(dataDir, outside)
    await writing
    for (const snapshot of [saved, outside]) {
      await restoreSnapshot(snapshot, `${snapshot}-data`, {replace: false})
      await using restored = createLake({dataDir: `${snapshot}-data`})
      expect(restored.datasets()).toEqual(['production', 'other', 'unused'])
      expect(ids(restored, 'unused')).toEqual([])
      expect(ids(restored)).toContain('a')
      const first = ids(restored).length
      expect([first, first - 1]).toContain(ids(restored, 'other').length)
    }
  }, 30_000)

  test('is whole beside uploads, and leaves out what is on its way', async () => {
    await using lake = createLake({dataDir})
    const begun = new TransformStream<Uint8Array, Uint8Array>()
    const writer = begun.writable.getWriter()
    const uploading = upload(lake, begun.readable)
    await writer.write(Buffer.from('half '))
    const uploads = Promise.all(Array.from({length: 30}, (_, n) => upload(lake, `asset ${n}`)))
    await lake.snapshot(saved)
    expect(readdirSync(join(dataDir, 'datasets', 'production', 'assets', 'incoming'))).not.toEqual(
      [],
    )
    expect(existsSync(join(saved, 'datasets', 'production', 'assets', 'incoming'))).toBe(false)
    await writer.write(Buffer.from('whole'))
    await writer.close()
    const paths = [await uploading, ...(await uploads)]
    await restoreSnapshot(saved, join(folder, 'other'), {replace: false})
    await using restored = createLake({dataDir: join(folder, 'other')})
    const stored = ids(restored)
    for (const path of paths) {
      const [name = ''] = path.split('/').slice(-1)
      const {status} = await restored.fetch(new Request(`http://localhost/${path}`))
      const isStored = stored.includes(`file-${name.replace('.', '-')}`)
      // Bytes without a document are an upload that the snapshot came before the end of.
      expect(isStored && status !== 200).toBe(false)
    }
  }, 30_000)

  test('can be restored when a dataset is deleted after it was copied', async () => {
    await using lake = createLake({dataDir, datasets: ['production', 'gone']})
    await write(lake, 'a', 'gone')
    const file = join(dataDir, 'project.json')
    // The project as it is at the beginning, and as it is from when the last dataset was copied.
    let reads = 0
    await writeSnapshot(saved, {
      project: () => {
        const project = openProject(file).read()
        const isGone = (reads += 1) > 1
        const datasets = project.datasets.filter(({name}) => !isGone || name !== 'gone')
        return {...project, datasets}
      },
      copyDocuments: (name, to) => internalsOf(lake).dataset(name).store.copyTo(to),
      assetsFolder: (name) => join(dataDir, 'datasets', name, 'assets'),
    })
    await restoreSnapshot(saved, join(folder, 'other'), {replace: false})
    await using restored = createLake({dataDir: join(folder, 'other')})
    expect(restored.datasets()).toEqual(['production', 'gone'])
    expect(ids(restored, 'gone')).toEqual(['a'])
  })

  test('has nothing of a dataset that is deleted meanwhile', async () => {
    await using lake = createLake({dataDir, datasets: ['production', 'gone']})
    await write(lake, 'a')
    await write(lake, 'a', 'gone')
    const [, deleted] = await Promise.all([
      lake.snapshot(saved),
      ask(lake, 'DELETE', '/datasets/gone'),
    ])
    expect(deleted.status).toBe(200)
    await restoreSnapshot(saved, join(folder, 'other'), {replace: false})
    await using restored = createLake({dataDir: join(folder, 'other')})
    expect(ids(restored)).toEqual(['a'])
    expect(['production', 'production,gone']).toContain(restored.datasets().join())
  })

  test('is not taken of a dataset whose folder was replaced, even by one with its number', async () => {
    await prepare()
    const place = join(dataDir, 'datasets', 'production')
    const taken = writeSnapshot(join(folder, 'second'), {
      project: () => openProject(join(dataDir, 'project.json')).read(),
      copyDocuments: async (name, to) => {
        await copyDatasetFile(name, join(place, 'documents.sqlite'), to)
        const {ino} = statSync(place)
        rmSync(place, {recursive: true})
        const made = Array.from({length: 20}, (_, n) => `${place}-${n}`)
        for (const path of made) mkdirSync(path)
        renameSync(made.find((path) => statSync(path).ino === ino) ?? `${place}-0`, place)
        copyFileSync(to, join(place, 'documents.sqlite'))
      },
      assetsFolder: () => join(place, 'assets'),
    })
    await expect(taken).rejects.toThrow('was emptied during the snapshot')
  })
})

/** A lake with a document and an asset, and a snapshot of it; then another document. */
const prepare = async (): Promise<string> => {
  await using lake = createLake({dataDir, datasets: ['production']})
  await write(lake, 'a')
  const path = await upload(lake, 'bytes')
  lake.createToken('Front end', 'viewer')
  lake.signInLink('http://localhost:3333')
  await lake.snapshot(saved)
  await write(lake, 'later')
  return join(saved, 'datasets', 'production', 'assets', 'files', path.split('/').at(-1) ?? '')
}

const changeProject = (edit: (project: JsonObject) => object): void => {
  const path = join(saved, 'project.json')
  const project = readPrivateJson(path)
  if (isJsonObject(project)) writePrivateJson(path, edit(project))
}

/** Every way in which a snapshot can be less, or other, than what was taken. */
const DAMAGE: readonly [string, RegExp, (asset: string) => void][] = [
  [
    'a truncated database',
    /documents.sqlite is damaged/,
    () => truncateSync(documentsIn(saved), 20_000),
  ],
  ['an empty database', /is damaged: it is empty/, () => truncateSync(documentsIn(saved), 0)],
  ['no database', /documents.sqlite is missing/, () => rmSync(documentsIn(saved))],
  ['no database’s folder', /is missing/, () => rmSync(join(saved, 'datasets'), {recursive: true})],
  [
    'another database',
    /not a dataset of this lake|damaged|does not have the tables/,
    () => {
      rmSync(documentsIn(saved))
      const other = new DatabaseSync(documentsIn(saved))
      other.exec('CREATE TABLE document (number)')
      other.close()
    },
  ],
  [
    'a database with a trigger',
    /does not have the tables of a dataset/,
    () => {
      const database = new DatabaseSync(documentsIn(saved))
      database.exec('CREATE TRIGGER t AFTER INSERT ON body BEGIN DELETE FROM document; END')
      database.close()
    },
  ],
  [
    'a dataset too many',
    /is not a dataset of project.json/,
    () => mkdirSync(join(saved, 'datasets', 'more')),
  ],
  ['an asset of other bytes', /its bytes do not match/, (asset) => writeFileSync(asset, 'other')],
  ['an asset too few', /is missing. The snapshot is not complete/, (asset) => rmSync(asset)],
  [
    'a file that is not an asset',
    /is not an asset/,
    (asset) => copyFileSync(asset, join(asset, '..', 'x.html')),
  ],
  [
    'a link for an asset',
    /is a symbolic link/,
    (asset) => {
      rmSync(asset)
      symlinkSync('/etc/passwd', asset)
    },
  ],
  [
    'a link for a folder',
    /is a symbolic link/,
    () => {
      renameSync(join(saved, 'datasets'), join(folder, 'elsewhere'))
      symlinkSync(join(folder, 'elsewhere'), join(saved, 'datasets'))
    },
  ],
  [
    'a link for the project',
    /is a symbolic link/,
    () => {
      renameSync(join(saved, 'project.json'), join(folder, 'project.json'))
      symlinkSync(join(folder, 'project.json'), join(saved, 'project.json'))
    },
  ],
  ...['../../x', '.', 'a/b', '', 'Upper'].map((name): [string, RegExp, () => void] => [
    `a dataset named ${JSON.stringify(name)}`,
    /cannot name a dataset/,
    () =>
      changeProject((project) => ({
        ...project,
        datasets: [{name, aclMode: 'public', createdAt: '2026-05-04T12:00:00Z'}],
      })),
  ]),
  ['no project', /is not a complete snapshot/, () => rmSync(join(saved, 'project.json'))],
  ['half a project', /is not JSON/, () => truncateSync(join(saved, 'project.json'), 100)],
]

const kinds = (home: string): unknown[] => {
  const project = readPrivateJson(join(home, 'project.json'))
  const tokens = isJsonObject(project) ? project['tokens'] : []
  return Array.isArray(tokens) ? tokens.map((token) => Object(token).kind) : []
}

describe('restoring', () => {
  test.each(DAMAGE)('%s is rejected, and the old content stays', async (_, message, damage) => {
    const asset = await prepare()
    damage(asset)
    await expect(restoreSnapshot(saved, dataDir, {replace: true})).rejects.toThrow(message)
    expect(existsSync(join(folder, 'x'))).toBe(false)
    await using lake = createLake({dataDir})
    expect(ids(lake)).toContain('later')
    expect(readdirSync(dataDir).filter((name) => name.startsWith('.'))).toEqual([])
  })

  test('keeps no session, and no token unless requested', async () => {
    await prepare()
    const planted = {
      id: 's1',
      label: 'Studio',
      role: 'administrator',
      userId: 'local',
      kind: 'session',
      hash: '0'.repeat(64),
      createdAt: '2026-05-04T12:00:00Z',
      startedWith: null,
    }
    changeProject((project) => {
      const {tokens} = project
      return {...project, tokens: [...(Array.isArray(tokens) ? tokens : []), planted]}
    })
    const [strange, own] = [join(folder, 'strange'), join(folder, 'own')]
    expect(await restoreSnapshot(saved, strange, {replace: false})).toMatchObject({tokens: 1})
    expect(kinds(strange)).toEqual([])
    const options = {replace: false, keepTokens: true}
    expect(await restoreSnapshot(saved, own, options)).toMatchObject({tokens: 1})
    expect(kinds(own)).toEqual(['token'])
  })

  test.each([
    ['before anything was replaced', 'later', '.restoring', []],
    ['when it had begun to replace', 'a', '.restored', []],
    ['when all was replaced but the project', 'a', '.restored', ['datasets']],
  ])('goes on, or back, after a kill %s', async (_, has, name, moved) => {
    await prepare()
    await restoreSnapshot(saved, join(folder, 'copy'), {replace: false})
    rmSync(join(folder, 'copy', 'lock'))
    renameSync(join(folder, 'copy'), join(dataDir, name))
    for (const part of moved) {
      mkdirSync(join(dataDir, '.replaced'))
      renameSync(join(dataDir, part), join(dataDir, '.replaced', part))
      renameSync(join(dataDir, name, part), join(dataDir, part))
    }
    await using lake = createLake({dataDir})
    expect(ids(lake)).toContain(has)
    expect(ids(lake).includes('later')).toBe(has === 'later')
    expect(readdirSync(dataDir).filter((each) => each.startsWith('.'))).toEqual([])
  })

  test('a snapshot of an earlier lake, which has no list, works', async () => {
    await prepare()
    rmSync(join(saved, 'snapshot.json'))
    const assets = join(saved, 'datasets', 'production', 'assets')
    mkdirSync(join(assets, 'incoming'))
    writeFileSync(join(assets, 'incoming', '1-x.part'), 'half')
    writeFileSync(join(assets, 'files', '.keep'), '')
    rmSync(join(assets, 'files', '.keep'))
    await restoreSnapshot(saved, dataDir, {replace: true})
    await using lake = createLake({dataDir})
    expect(ids(lake)).toHaveLength(2)
    const restored = join(dataDir, 'datasets', 'production', 'assets')
    expect(readdirSync(restored)).toEqual(['files'])
    expect(
      readFileSync(join(restored, 'files', readdirSync(join(restored, 'files'))[0] ?? ''), 'utf8'),
    ).toBe('bytes')
  })
})

const idsIn = async (from: string): Promise<unknown> => {
  await using lake = createLake({dataDir: from})
  const answer = await ask(lake, 'GET', '/data/query/production?query=*[_type=="note"]._id')
  return Object(await answer.json()).result
}
const leave = async (as: string): Promise<void> => {
  const lake = createLake({dataDir})
  await write(lake, 'a')
  await lake.close()
  const datasets = join(dataDir, 'datasets')
  renameSync(join(datasets, 'production'), join(datasets, as))
}

describe('a snapshot at the time when a dataset is', () => {
  test('listed and about to be placed has all of it', async () => {
    await leave('.ready~production~1')
    await snapshotFolder(dataDir, saved)
    await restoreSnapshot(saved, join(folder, 'restored'), {replace: false})
    expect(await idsIn(join(folder, 'restored'))).toEqual(['a'])
  })

  test('being deleted leaves it out', async () => {
    await leave('.deleted~production~1')
    await snapshotFolder(dataDir, saved)
    expect(openProject(join(saved, 'project.json')).read().datasets).toEqual([])
  })

  test('missing says so', async () => {
    await leave('elsewhere')
    await expect(snapshotFolder(dataDir, saved)).rejects.toThrow('is missing')
  })
})
