/**
 * Checks a dataset's file: whether SQLite can read it, and whether indexes, counters and history
 * agree with its documents. `lake check` prints the findings; tests of failing disks compare with it.
 */
import type {Connection} from '../file/sqliteConnection.ts'
import {textOf} from '../file/sqliteConnection.ts'
import {checkDerived} from './checkDerived.ts'
import {checkHistory} from './checkHistory.ts'
import type {CheckProgress, Finding} from './finding.ts'

/** Findings listed for one part; the rest are counted. */
const MAX_PER_PART = 20

/**
 * Reads one state of the dataset, whatever is written meanwhile.
 * @param onProgress Called with the number of documents done and the total.
 * @returns An empty array if nothing is wrong.
 */
export const checkDataset = (
  connection: Connection,
  onProgress: CheckProgress = () => {},
): readonly Finding[] => {
  connection.beginReading()
  try {
    const broken = checkPages(connection)
    // The contents of an unreadable file cannot be compared.
    if (broken.length > 0) return broken
    return collect([checkDerived(connection, onProgress), checkHistory(connection)])
  } finally {
    connection.endReading()
  }
}

const checkPages = (connection: Connection): Finding[] =>
  connection
    .all(`PRAGMA integrity_check(${MAX_PER_PART})`)
    .map(([message]) => textOf(message))
    .filter((message) => message !== 'ok')
    .map((message) => ({part: 'file', message: `SQLite finds: ${message}.`, isDerived: false}))

const collect = (parts: readonly Iterable<Finding>[]): Finding[] => {
  const findings: Finding[] = []
  const counts = new Map<Finding['part'], number>()
  for (const part of parts) {
    for (const finding of part) {
      const count = (counts.get(finding.part) ?? 0) + 1
      counts.set(finding.part, count)
      if (count <= MAX_PER_PART) findings.push(finding)
    }
  }
  for (const [part, count] of counts) {
    if (count <= MAX_PER_PART) continue
    const message = `${count - MAX_PER_PART} more findings of this kind.`
    const isDerived = findings.every((finding) => finding.part !== part || finding.isDerived)
    findings.push({part, message, isDerived})
  }
  return findings
}
