/** Tables as spreadsheets read and write them (RFC 4180). */

/** Every row ends in CR LF; a cell with a comma, quote or line end is quoted. */
export function csv(rows: readonly (readonly string[])[]): string {
  return rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('')
}

/** A cell that begins like a formula would be run by the spreadsheet: it gets an apostrophe. */
function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

export interface CsvRow {
  readonly cells: readonly string[]
  /** The line on which it begins, counted from 1. */
  readonly line: number
}

/** The rows of a table that a spreadsheet has saved; empty rows are left out. */
export function readCsv(text: string): CsvRow[] {
  const rows: CsvRow[] = []
  let cells: string[] = []
  let line = 1
  let begun = 1
  const source = text.replace(/^\uFEFF/, '')
  for (const found of source.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
    const [whole, quoted, bare = '', end] = found
    if (whole === '' && cells.length === 0) continue
    cells.push((quoted?.replaceAll('""', '"') ?? bare).replace(/^'(?=[=+\-@\t\r])/, ''))
    line += whole.split('\n').length - 1
    if (end === ',') continue
    if (cells.some((one) => one !== '')) rows.push({cells, line: begun})
    cells = []
    begun = line
  }
  return rows
}
