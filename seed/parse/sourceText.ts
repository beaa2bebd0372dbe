/**
 * Bytes to numbered lines, and back. The only check here is whether the bytes are text; lines keep
 * every character, so that the file can be rebuilt to the last byte.
 */
import {createHash} from 'node:crypto'

import {Refusal} from './refusal.ts'

/**
 * 1 MB: a hundred times a long story. One transaction takes at most 4 MB (sanity.io, "Technical
 * limits"), and the documents of a story hold it two or three times over.
 */
export const STORY_BYTES_MAX = 1_000_000

/** The record of each line takes up to 300 bytes of the same transaction. */
const STORY_LINES_MAX = 10_000

export interface SourceLine {
  /** Counted from 1. */
  readonly number: number
  /** The line unchanged, without its line end. */
  readonly text: string
}

export interface SourceText {
  /** SHA-256 of the bytes, as 64 hexadecimal digits. */
  readonly checksum: string
  readonly byteOrderMark: boolean
  /**
   * `windows`: every line ends in CR LF. `classicMac`: lines end in CR, and there is no LF. In a
   * mixed file a single CR counts as a space in its line.
   */
  readonly lineEnds: LineEnds
  /** All lines, blank ones too. A file that ends in a line end has an empty last line. */
  readonly lines: readonly SourceLine[]
}

export type LineEnds = 'unix' | 'windows' | 'classicMac'

const LINE_END: Readonly<Record<LineEnds, string>> = {unix: '\n', windows: '\r\n', classicMac: '\r'}

const BYTE_ORDER_MARK = '\uFEFF'

/** Throws a Refusal for a file that is too large, not UTF-8, or not text. */
export function readSourceText(file: string, bytes: Uint8Array): SourceText {
  if (bytes.byteLength > STORY_BYTES_MAX) {
    throw new Refusal(file, 0, STORY_SIZE, `${bytes.byteLength} bytes`)
  }
  const decoded = decode(file, bytes)
  const byteOrderMark = decoded.startsWith(BYTE_ORDER_MARK)
  const text = byteOrderMark ? decoded.slice(1) : decoded
  const nul = text.indexOf('\0')
  if (nul !== -1) {
    const line = text.slice(0, nul).split('\n').length
    throw new Refusal(file, line, 'text', 'a NUL character: the file is binary')
  }
  if (text.trim() === '') throw new Refusal(file, 0, 'a story', 'an empty file')

  const lineEnds = lineEndsOf(text)
  const lines = text
    .split(LINE_END[lineEnds])
    .map((content, index) => ({number: index + 1, text: content}))
  if (lines.length > STORY_LINES_MAX) {
    throw new Refusal(file, STORY_LINES_MAX, 'the last line a story may have', 'more lines')
  }
  const checksum = createHash('sha256').update(bytes).digest('hex')
  return {checksum, byteOrderMark, lineEnds, lines}
}

function lineEndsOf(text: string): LineEnds {
  if (!text.includes('\n')) return text.includes('\r') ? 'classicMac' : 'unix'
  return /(?<!\r)\n/.test(text) ? 'unix' : 'windows'
}

/** The inverse of `readSourceText`. */
export function writeSourceText(
  source: Pick<SourceText, 'byteOrderMark' | 'lineEnds' | 'lines'>,
): Uint8Array {
  const text = source.lines.map((line) => line.text).join(LINE_END[source.lineEnds])
  return new TextEncoder().encode(source.byteOrderMark ? BYTE_ORDER_MARK + text : text)
}

export const STORY_SIZE = `a story of at most ${STORY_BYTES_MAX} bytes`

function decode(file: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', {fatal: true, ignoreBOM: true}).decode(bytes)
  } catch {
    throw new Refusal(file, 0, 'text in UTF-8', 'bytes that are not UTF-8')
  }
}
