/**
 * Checks the history in a dataset's file: transactions are numbered without gaps, and the state that
 * each change left has the transaction's id as its revision.
 */
import {type Connection, numberOf, type Row, textOf} from '../file/sqliteConnection.ts'
import {type Finding, finding} from './finding.ts'

export function* checkHistory(connection: Connection): Generator<Finding> {
  yield* checkTransactions(connection)
  yield* checkChains(connection)
}

const PORTION = 500

const broken = (message: string): Finding => finding('history', message, false)

function* checkTransactions(connection: Connection): Generator<Finding> {
  let last: {readonly sequence: number; readonly change: number} | undefined
  for (;;) {
    const rows = connection.all(
      `SELECT sequence, id, first_change FROM transaction_log
       WHERE sequence > ? ORDER BY sequence LIMIT ${PORTION}`,
      last?.sequence ?? Number.MIN_SAFE_INTEGER,
    )
    for (const row of rows) {
      const sequence = numberOf(row[0])
      const change = numberOf(row[2])
      if (last && sequence !== last.sequence + 1) {
        yield broken(`History has no transactions between ${last.sequence} and ${sequence}.`)
      }
      if (last && change < last.change) {
        yield broken(`Transaction ${textOf(row[1])} begins before the one that it follows.`)
      }
      last = {sequence, change}
    }
    if (rows.length < PORTION) break
  }
  const [row] = connection.all(
    'SELECT count(*) FROM change WHERE sequence NOT IN (SELECT sequence FROM transaction_log)',
  )
  const strays = numberOf(row?.[0])
  if (strays > 0) yield broken(`${strays} changes belong to no transaction.`)
}

/** The last change of a document so far; the next change must have started from it. */
interface Link {
  readonly transactionId: string
  readonly id: string
}

function* checkChains(connection: Connection): Generator<Finding> {
  let group = ''
  let number = Number.MIN_SAFE_INTEGER
  const links = new Map<string, Link>()

  function* follow(link: Link, revision: string | null): Generator<Finding> {
    if (revision === null || revision === link.transactionId) return
    yield broken(
      `${link.id} was changed by ${link.transactionId}, but what follows has the revision ` +
        `${revision}.`,
    )
  }
  function* endGroup(): Generator<Finding> {
    for (const [layer, link] of links)
      yield* follow(link, currentRevision(connection, layer, group))
    links.clear()
  }

  for (;;) {
    const rows = connection.all(
      `SELECT c.grp, c.number, c.layer, t.id, ${revisionOf('c.before')}
       FROM change AS c LEFT JOIN transaction_log AS t USING (sequence)
       WHERE (c.grp, c.number) > (?, ?) ORDER BY c.grp, c.number LIMIT ${PORTION}`,
      group,
      number,
    )
    for (const row of rows) {
      const ofGroup = textOf(row[0])
      if (ofGroup !== group) yield* endGroup()
      group = ofGroup
      number = numberOf(row[1])
      const layer = textOf(row[2])
      const before = textOrNull(row, 4)
      const link = links.get(layer)
      if (link) yield* follow(link, before)
      const transactionId = textOrNull(row, 3)
      if (transactionId !== null) links.set(layer, {transactionId, id: layer + ofGroup})
    }
    if (rows.length < PORTION) break
  }
  yield* endGroup()
}

/** SQL for the revision in a body; damaged JSON counts as a different revision. */
const revisionOf = (column: string): string =>
  `CASE WHEN ${column} IS NULL THEN NULL
     WHEN json_valid(${column}) THEN coalesce(json_extract(${column}, '$._rev'), '(none)')
     ELSE '(damaged)' END`

const currentRevision = (connection: Connection, layer: string, group: string): string | null => {
  const row = connection.one(
    `SELECT ${revisionOf('json')} FROM document JOIN body USING (number)
     WHERE grp = ? AND layer = ?`,
    group,
    layer,
  )
  return row ? textOrNull(row, 0) : null
}

const textOrNull = (row: Row, column: number): string | null => {
  const value = row[column]
  return typeof value === 'string' ? value : null
}
