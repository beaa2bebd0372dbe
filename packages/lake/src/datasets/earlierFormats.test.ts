/**
 * Data folders of every format that a lake has ever written open with this one, whole: all
 * documents, all history. A new format needs a fixture of its own, written by the version before it.
 */
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import {tmpdir} from 'node:os'
import {dirname, join} from 'node:path'
import {DatabaseSync} from 'node:sqlite'
import {gunzipSync} from 'node:zlib'

import {afterEach, beforeEach, describe, expect, it} from 'vitest'

import {createLake} from '../open/createLake.ts'
import {internalsOf} from '../open/internals.ts'
import {prepareSchema} from '../store/file/schema.ts'
import {connect} from '../store/file/sqliteConnection.ts'
import {checkFolder} from './checkFolder.ts'

interface Fixture {
  readonly project: {readonly format: number}
  /** Gzipped, in base64, by path. */
  readonly files: Readonly<Record<string, string>>
}

const FIXTURES = join(import.meta.dirname, 'fixtures')
const fixtures: readonly (readonly [string, Fixture])[] = readdirSync(FIXTURES)
  .filter((name) => name.startsWith('dataFolder'))
  .map((name) => [name, JSON.parse(readFileSync(join(FIXTURES, name), 'utf8'))])

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lake-formats-'))
})
afterEach(() => rmSync(folder, {recursive: true}))

const unpack = ({project, files}: Fixture): string => {
  const dataDir = join(folder, 'data')
  for (const [path, bytes] of Object.entries(files)) {
    mkdirSync(dirname(join(dataDir, path)), {recursive: true})
    writeFileSync(join(dataDir, path), gunzipSync(Buffer.from(bytes, 'base64')))
  }
  chmodSync(dataDir, 0o700)
  writeFileSync(join(dataDir, 'project.json'), JSON.stringify(project))
  return dataDir
}

/** What a file says of itself: tables and indexes as SQL, and the number of its format. */
const schemaOf = (file: string): {readonly format: unknown; readonly sql: unknown} => {
  const database = new DatabaseSync(file, {readOnly: true})
  try {
    return {
      format: database.prepare('PRAGMA user_version').get()?.['user_version'],
      sql: database.prepare('SELECT type, name, sql FROM sqlite_master ORDER BY 1, 2').all(),
    }
  } finally {
    database.close()
  }
}

const freshSchema = (): ReturnType<typeof schemaOf> => {
  const file = join(folder, 'fresh.sqlite')
  const connection = connect(file)
  prepareSchema(connection, file)
  connection.close()
  return schemaOf(file)
}

/** Rows as SQLite itself reads them, for what the lake reads to be compared with. */
const rowsOf = (file: string, sql: string): Record<string, unknown>[] => {
  const database = new DatabaseSync(file, {readOnly: true})
  try {
    return database.prepare(sql).all()
  } finally {
    database.close()
  }
}

const parsed = (json: unknown): unknown => (typeof json === 'string' ? JSON.parse(json) : null)

describe.each(fixtures)('%s', (_, fixture) => {
  it('opens with all documents and all history', async () => {
    const dataDir = unpack(fixture)
    const file = join(dataDir, 'datasets', 'production', 'documents.sqlite')
    const documents = rowsOf(
      file,
      'SELECT layer || grp AS id, json FROM document JOIN body USING (number)',
    )
    const changes = rowsOf(
      file,
      'SELECT layer || grp AS id, sequence, before FROM change ORDER BY number',
    )
    const transactions = rowsOf(
      file,
      'SELECT id, timestamp, author FROM transaction_log ORDER BY 1',
    )
    expect(documents.length * changes.length * transactions.length).toBeGreaterThan(0)

    {
      await using lake = createLake({dataDir})
      const {store} = internalsOf(lake).dataset('production')
      for (const {id, json} of documents) expect(store.get(String(id))).toEqual(parsed(json))
      const raw = new Request(
        'http://localhost/v2025-02-19/data/query/production?perspective=raw&query=count(*)',
        {headers: {authorization: `Bearer ${lake.token}`}},
      )
      const counted = await (await lake.fetch(raw)).json()
      expect(counted).toMatchObject({result: documents.length})
      for (const {id, sequence, before} of changes) {
        const state = store.history.documentAt(String(id), Number(sequence) - 1)
        expect(state).toEqual(parsed(before))
      }
      const listed = [...store.history.transactions({})].map(({id, timestamp, author}) => ({
        id,
        timestamp,
        author,
      }))
      expect(listed.toSorted((a, b) => (a.id < b.id ? -1 : 1))).toEqual(
        transactions.map((row) => ({...row})),
      )
    }
    const checked = await checkFolder(dataDir)
    expect(checked.flatMap(({findings}) => findings)).toEqual([])
  })

  it('is migrated to the schema that new files get', () => {
    const dataDir = unpack(fixture)
    const file = join(dataDir, 'datasets', 'production', 'documents.sqlite')
    const connection = connect(file)
    prepareSchema(connection, file)
    connection.close()
    expect(schemaOf(file)).toEqual(freshSchema())
  })
})

it('there is a fixture of each format of documents.sqlite', () => {
  const formats = fixtures.map(([, fixture]) => {
    rmSync(join(folder, 'data'), {recursive: true, force: true})
    return schemaOf(join(unpack(fixture), 'datasets', 'production', 'documents.sqlite')).format
  })
  const {format} = freshSchema()
  const all = Array.from({length: Number(format)}, (_, n) => n + 1)
  expect([...new Set(formats)].toSorted()).toEqual(all)
})
