/**
 * Decisions of editors about names that a whole archive uses: who an author is, which topics to keep,
 * which category is a section. They are in tables that a spreadsheet opens, one row a name, so that
 * a few dozen decisions settle thousands of stories.
 */
import {readableText} from '../../seed/parse/readableText.ts'

export const TABLES = ['authors', 'topics', 'sections', 'credits'] as const

export type TableName = (typeof TABLES)[number]

export type Decision =
  /** The document of the dataset that it is. */
  | {readonly kind: 'document'; readonly id: string}
  /** The text holds these names. */
  | {readonly kind: 'split'; readonly names: readonly string[]}
  /** Not written; it stays as residue. */
  | {readonly kind: 'ignore'}

export interface Row {
  readonly text: string
  /** An id of the former system, which counts more than the text; empty if there is none. */
  readonly source: string
  readonly decision: Decision | undefined
  readonly line: number
}

export interface Mapping {
  decision(table: TableName, text: string, source?: string): Decision | undefined
}

/** The source of a row that is about a printed byline and not about a name. */
export const PRINTED = 'printed byline'

export function mappingOf(tables: Readonly<Record<TableName, readonly Row[]>>): Mapping {
  const decided = new Map<string, Decision>()
  for (const table of TABLES) {
    for (const {decision, source, text} of tables[table]) {
      if (!decision) continue
      decided.set(source ? sourceKey(table, source, text) : textKey(table, text), decision)
    }
  }
  return {
    decision(table, text, source) {
      const own = source === undefined ? undefined : decided.get(sourceKey(table, source, text))
      return own || source === PRINTED ? own : decided.get(textKey(table, text))
    },
  }
}

/** Printed bylines share one source, so their text counts too. */
const sourceKey = (table: TableName, source: string, text: string): string =>
  JSON.stringify([table, 'source', source, source === PRINTED ? readableText(text).text : ''])

const textKey = (table: TableName, text: string): string =>
  JSON.stringify([table, 'text', readableText(text).text])
