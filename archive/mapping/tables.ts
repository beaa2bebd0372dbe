/** Reads and writes the tables of decisions: `authors.csv` and so on, one for each kind of name. */
import {mkdir, readFile, writeFile} from 'node:fs/promises'
import {join} from 'node:path'

import type {StoredName} from '../../seed/identify/nameIds.ts'
import {csv, readCsv} from '../report/csv.ts'
import {
  type Decision,
  type Mapping,
  mappingOf,
  type Row,
  type TableName,
  TABLES,
} from './mapping.ts'
import type {NameCount} from './nameCounts.ts'

const HEADS = ['text', 'source', 'stories', 'decision']

/** Types of the documents that a table may name. */
const TYPES: Readonly<Record<TableName, string>> = {
  authors: 'author',
  topics: 'topic',
  sections: 'topic',
  credits: 'credit',
}

/** A table with a fault; the message names file and line. */
export class MappingFault extends Error {}

/** A table that is not in the folder has no decisions. Throws a MappingFault. */
export async function readMapping(folder: string, stored: readonly StoredName[]): Promise<Mapping> {
  const tables = await tablesIn(folder)
  const types = new Map(stored.map(({_id, _type}) => [_id, _type]))
  for (const table of TABLES) {
    for (const {decision, line} of tables[table]) {
      if (decision?.kind !== 'document' || types.get(decision.id) === TYPES[table]) continue
      throw new MappingFault(
        `${join(folder, table)}.csv:${line}: the dataset has no ${TYPES[table]} with the id ${decision.id}. Write "ignore", "split: A | B", or the id of one.`,
      )
    }
  }
  return mappingOf(tables)
}

async function tablesIn(folder: string): Promise<Record<TableName, Row[]>> {
  const [authors, topics, sections, credits] = await Promise.all(
    TABLES.map((table) => rowsOf(join(folder, `${table}.csv`))),
  )
  return {
    authors: authors ?? [],
    topics: topics ?? [],
    sections: sections ?? [],
    credits: credits ?? [],
  }
}

async function rowsOf(file: string): Promise<Row[]> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  })
  if (text === undefined) return []
  const [heads, ...rows] = readCsv(text)
  if (heads?.cells.slice(0, 4).join(',') !== HEADS.join(',')) {
    throw new MappingFault(`${file}:1: expected the columns ${HEADS.join(', ')}.`)
  }
  return rows.map(({cells, line}) => {
    const [name = '', source = '', , decision = ''] = cells
    return {text: name, source, decision: decisionOf(decision.trim()), line}
  })
}

function decisionOf(written: string): Decision | undefined {
  if (written === '') return undefined
  if (written.toLowerCase() === 'ignore') return {kind: 'ignore'}
  const [, listed] = /^split:(.*)$/is.exec(written) ?? []
  if (listed === undefined) return {kind: 'document', id: written}
  const names = listed
    .split('|')
    .map((name) => name.trim())
    .filter(Boolean)
  return {kind: 'split', names}
}

/**
 * Writes the tables with the names of an archive, the most frequent first. Decisions that are there
 * stay, also those about names that the archive no longer has. Returns the files.
 */
export async function writeTables(
  folder: string,
  counts: Readonly<Record<TableName, readonly NameCount[]>>,
): Promise<string[]> {
  await mkdir(folder, {recursive: true})
  const old = await tablesIn(folder)
  return Promise.all(
    TABLES.map(async (table) => {
      const known = new Map(old[table].map((row) => [keyOf(row), row]))
      const rows = counts[table].map(({source, stories, text}) => {
        const decision = known.get(keyOf({text, source}))?.decision
        known.delete(keyOf({text, source}))
        return [text, source, String(stories), decision ? written(decision) : '']
      })
      const others = [...known.values()].flatMap(({decision, source, text}) =>
        decision ? [[text, source, '0', written(decision)]] : [],
      )
      const file = join(folder, `${table}.csv`)
      await writeFile(file, csv([HEADS, ...rows, ...others]))
      return file
    }),
  )
}

const keyOf = ({source, text}: Pick<Row, 'source' | 'text'>): string =>
  JSON.stringify([source, text])

function written(decision: Decision): string {
  if (decision.kind === 'document') return decision.id
  return decision.kind === 'ignore' ? 'ignore' : `split: ${decision.names.join(' | ')}`
}
