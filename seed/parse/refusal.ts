/**
 * The error for a file that is not a story of this archive. It says what an editor needs to fix the
 * file: where, what was expected, and what was found. The parser throws nothing else.
 */
import {excerpt} from './excerpt.ts'

export class Refusal extends Error {
  readonly file: string
  /** Counted from 1; 0 when it is about the file as a whole. */
  readonly line: number
  readonly expected: string
  readonly found: string

  constructor(file: string, line: number, expected: string, found: string) {
    const where = line === 0 ? file : `${file}:${line}`
    super(`${where}: expected ${expected}, found ${found}`)
    this.name = 'Refusal'
    this.file = file
    this.line = line
    this.expected = expected
    this.found = found
  }
}

/** A Refusal that quotes the line found; without a line, the end of the file was found. */
export function refusalAt(
  file: string,
  line: {readonly number: number; readonly words: string} | undefined,
  expected: string,
): Refusal {
  if (!line) return new Refusal(file, 0, expected, 'the end of the file')
  return new Refusal(file, line.number, expected, excerpt(line.words))
}
