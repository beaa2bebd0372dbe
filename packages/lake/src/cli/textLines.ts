/**
 * Splits the bytes of a file into lines of UTF-8, only at \n. Node's `readline` also splits at U+2028 and
 * U+2029, which JSON strings may contain, so it cannot read every output of `JSON.stringify`.
 */
import {isUtf8} from 'node:buffer'

export interface TextLine {
  /** Counted from 1, empty lines included. */
  readonly number: number
  /** Without the line break; a \r before it is kept, which is white space in JSON. */
  readonly text: string
}

/** A line that is not UTF-8 or is too long. The caller adds the name of the file. */
export class LineError extends Error {
  override readonly name = 'LineError'
  readonly line: number

  constructor(line: number, message: string) {
    super(message)
    this.line = line
  }
}

const NEW_LINE = 0x0a
const BYTE_ORDER_MARK = '\ufeff'

/**
 * The last line needs no line break; a byte order mark before the first line is left out.
 * @param longest Bytes of one line.
 * @throws LineError
 */
export const textLines = async function* (
  chunks: AsyncIterable<Uint8Array>,
  longest: number,
): AsyncGenerator<TextLine> {
  let number = 1
  let begun: Uint8Array[] = []
  let length = 0
  const take = (part: Uint8Array): void => {
    length += part.length
    if (length > longest) throw new LineError(number, `the line is longer than ${longest} bytes.`)
    begun.push(part)
  }
  const finish = (): TextLine => {
    const bytes = Buffer.concat(begun, length)
    if (!isUtf8(bytes))
      throw new LineError(number, 'the line is not UTF-8. Save the file as UTF-8.')
    const text = bytes.toString()
    const line = {
      number,
      text: number === 1 && text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text,
    }
    number += 1
    begun = []
    length = 0
    return line
  }
  for await (const chunk of chunks) {
    let from = 0
    for (let end = chunk.indexOf(NEW_LINE); end !== -1; end = chunk.indexOf(NEW_LINE, from)) {
      take(chunk.subarray(from, end))
      yield finish()
      from = end + 1
    }
    take(chunk.subarray(from))
  }
  if (length > 0) yield finish()
}
