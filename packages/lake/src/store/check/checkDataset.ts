import type {Connection} from '../file/connection.ts'
import {textOf} from '../file/connection.ts'
import {checkDerived} from './checkDerived.ts'
import {checkHistory} from './checkHistory.ts'
import type {CheckProgress, Finding} from './finding.ts'

/** Findings of one part that are given one by one; of more, their number. */
const MOST_OF_A_PART = 20

/**
 * Whether a dataset's file is sound, and everything in it that follows from its documents says what
 * they say. The tests of a failing machine compare with this, and `lake check` prints it.
 * Reads one state of the dataset, whatever is written meanwhile.
 * @returns Nothing when all is well.
 */
export const checkDataset = (
  connection: Connection,
  onProgress: CheckProgress = () => {},
): readonly Finding[] => {
  connection.beginReading()
  try {
    const broken = checkPages(connection)
    // What SQLite cannot read is not worth comparing.
    if (broken.length > 0) return broken
    return collect([checkDerived(connection, onProgress), checkHistory(connection)])
  } finally {
    connection.endReading()
  }
}

const checkPages = (connection: Connection): Finding[] =>
  connection
    .all(`PRAGMA integrity_check(${MOST_OF_A_PART})`)
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
      if (count <= MOST_OF_A_PART) findings.push(finding)
    }
  }
  for (const [part, count] of counts) {
    if (count <= MOST_OF_A_PART) continue
    const message = `${count - MOST_OF_A_PART} more of the same part.`
    const isDerived = findings.every((finding) => finding.part !== part || finding.isDerived)
    findings.push({part, message, isDerived})
  }
  return findings
}
