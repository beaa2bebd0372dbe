import {mkdirSync, rmSync} from 'node:fs'
import {join} from 'node:path'

import {createClient} from '@sanity/client'

import type {StoredDocument} from '../../packages/lake/src/core/document.ts'
import {prepareSchema} from '../../packages/lake/src/store/file/schema.ts'
import {
  type Connection,
  connect,
  numberOf,
} from '../../packages/lake/src/store/file/sqliteConnection.ts'
import {referencesOf} from '../../packages/lake/src/store/indexes/documentReferences.ts'
import type {Figure} from '../figure.ts'
import {processorTime, startLakeServer} from '../load.ts'
import {createNewsroom} from '../newsroom.ts'
import {quantile} from '../timing.ts'

const ARTICLES = 10_000
const DOCUMENTS_A_TRANSACTION = 250
/** Concurrent transactions. */
const IN_FLIGHT = 2
const ROUNDS = 5

/** The cost of an import: milliseconds by the clock, and processor time of the writing process. */
interface Effort {
  readonly time: number
  readonly cost: number
}

/**
 * Importing through `@sanity/client` and HTTP, against plain inserts of the same rows. The figure
 * is documents per second, because a user waits for the client, the server and the disk. The
 * processor time of the writing process is printed beside it.
 */
export const importing = async (folder: string): Promise<readonly Figure[]> => {
  const newsroom = createNewsroom(ARTICLES)
  const documents = [...newsroom.documents()]
  const rounds: {ours: Effort; raw: Effort}[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    const ours = await importThroughClient(join(folder, `import-${round}`), documents)
    const raw = insertRaw(join(folder, `raw-${round}.sqlite`), documents)
    rounds.push({ours, raw})
  }
  const median = (figure: (round: (typeof rounds)[number]) => number): number =>
    quantile(rounds.map(figure), 0.5)
  const seconds = median(({ours}) => ours.time / 1000)
  const byProcessor = median(({ours, raw}) => raw.cost / ours.cost)
  return [
    {
      name: `import of ${ARTICLES.toLocaleString('en')} articles through @sanity/client, against bare SQLite inserts`,
      value: median(({ours, raw}) => raw.time / ours.time),
      unit: '×',
      target: {atLeast: 0.5},
      note: `${Math.round(documents.length / seconds).toLocaleString('en')} documents/s; ${byProcessor.toFixed(2)} × by processor time`,
    },
  ]
}

const batches = (documents: readonly StoredDocument[]): StoredDocument[][] =>
  Array.from({length: Math.ceil(documents.length / DOCUMENTS_A_TRANSACTION)}, (_, index) =>
    documents.slice(index * DOCUMENTS_A_TRANSACTION, (index + 1) * DOCUMENTS_A_TRANSACTION),
  )

/**
 * Sends documents to a new server, in transactions of 250.
 *
 * @param server The program to start, that of this checkout unless given; see `lakeServer.ts`.
 * @param without Optimisations to switch off.
 */
export const importThroughClient = async (
  dataDir: string,
  documents: readonly StoredDocument[],
  server?: string,
  without?: string,
): Promise<Effort> => {
  mkdirSync(dataDir)
  const lake = await startLakeServer(dataDir, server, without)
  const client = createClient({
    projectId: 'copydesk',
    dataset: 'production',
    apiHost: lake.url,
    useProjectHostname: false,
    apiVersion: '2025-02-19',
    useCdn: false,
    token: lake.token,
  })
  try {
    const waiting = batches(documents)
    const started = performance.now()
    const usedBefore = processorTime(lake.pid)
    const send = async (batch: readonly StoredDocument[]): Promise<void> => {
      const mutations = batch.map(({_rev, ...document}) => ({create: document}))
      await client.mutate(mutations, {returnDocuments: false, visibility: 'async'})
    }
    const work = async (): Promise<void> => {
      for (let batch = waiting.shift(); batch; batch = waiting.shift()) await send(batch)
    }
    // First and alone, because the others refer to its documents.
    await send(waiting.shift() ?? [])
    await Promise.all(Array.from({length: IN_FLIGHT}, work))
    return {time: performance.now() - started, cost: processorTime(lake.pid) - usedBefore}
  } finally {
    await lake.stop()
    rmSync(dataDir, {recursive: true})
  }
}

/** The rows that the lake would write, computed beforehand so that only SQLite is timed. */
const insertRaw = (file: string, documents: readonly StoredDocument[]): Effort => {
  const connection = connect(file)
  prepareSchema(connection, file)
  connection.script('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL')
  const terms = new Map<string, number>()
  const rows = documents.map((document) => ({
    id: document._id,
    type: document._type,
    json: JSON.stringify(document),
    targets: [...referencesOf(document).targets].map(([target, isStrong]) => {
      if (!terms.has(target)) terms.set(target, terms.size + 1)
      return {target: terms.get(target) ?? 0, isStrong}
    }),
  }))
  const started = performance.now()
  const usedBefore = process.cpuUsage()
  for (const [text, number] of terms) {
    connection.run('INSERT INTO term (number, text) VALUES (?, ?)', number, text)
  }
  for (let from = 0; from < rows.length; from += DOCUMENTS_A_TRANSACTION) {
    connection.run('BEGIN')
    insertBatch(connection, rows.slice(from, from + DOCUMENTS_A_TRANSACTION), from)
    connection.run('COMMIT')
  }
  const {user, system} = process.cpuUsage(usedBefore)
  const effort = {time: performance.now() - started, cost: (user + system) / 1000}
  connection.close()
  rmSync(file)
  return effort
}

const insertBatch = (
  connection: Connection,
  rows: readonly {
    readonly id: string
    readonly type: string
    readonly json: string
    readonly targets: readonly {readonly target: number; readonly isStrong: boolean}[]
  }[],
  from: number,
): void => {
  for (const {id, type, json, targets} of rows) {
    const row = connection.one(
      "INSERT INTO document (layer, grp, type, hidden) VALUES ('', ?, ?, 0) RETURNING number",
      id,
      type,
    )
    connection.run('INSERT INTO body (number, json) VALUES (?, ?)', numberOf(row?.[0]), json)
    for (const {target, isStrong} of targets) {
      connection.run(
        `INSERT INTO reference (target, type, layer, grp, hidden, strong)
         VALUES (?, ?, '', ?, 0, ?)`,
        target,
        type,
        id,
        Number(isStrong),
      )
    }
    connection.run(
      "INSERT INTO change (sequence, layer, grp, before) VALUES (?, '', ?, NULL)",
      from,
      id,
    )
  }
  connection.run(
    'INSERT INTO transaction_log (id, timestamp, author, first_change) VALUES (?, ?, ?, ?)',
    `t${from}`,
    '2021-02-14T12:31:00.000Z',
    'bench',
    from,
  )
}
