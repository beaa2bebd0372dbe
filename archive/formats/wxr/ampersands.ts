/**
 * Finds an ampersand that begins no entity, the usual fault of exports made by hand. The parser
 * notices it only at the next semicolon, which may be many lines and megabytes away.
 */
export interface BarePlace {
  readonly line: number
  readonly column: number
}

const ENTITY = /&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z_][\w.-]{0,40});/iy
/** The longest text that may still become an entity, or a mark where none counts. */
const UNDECIDED = 48

/** Takes the text piece by piece; answers with the first bare ampersand as soon as it is sure. */
export function bareAmpersands(): (piece: string, last?: boolean) => BarePlace | undefined {
  let line = 1
  let column = 1
  let rest = ''
  /** Ends what is being passed over: a comment, or text that is not parsed. */
  let until: string | undefined

  const pass = (length: number): void => {
    const passed = rest.slice(0, length)
    const end = passed.lastIndexOf('\n')
    if (end === -1) column += length
    else {
      line += passed.split('\n').length - 1
      column = length - end
    }
    rest = rest.slice(length)
  }

  return (piece, last = false) => {
    rest += piece
    for (;;) {
      if (until !== undefined) {
        const end = rest.indexOf(until)
        if (end === -1) {
          pass(Math.max(0, rest.length - until.length + 1))
          return undefined
        }
        pass(end + until.length)
        until = undefined
      }
      const next = rest.search(/<!|&/)
      if (next === -1) {
        pass(Math.max(0, rest.length - 1))
        return undefined
      }
      pass(next)
      if (rest.length < UNDECIDED && !last) return undefined
      if (rest.startsWith('<![CDATA[')) until = ']]>'
      else if (rest.startsWith('<!--')) until = '-->'
      else if (rest.startsWith('&')) {
        ENTITY.lastIndex = 0
        const entity = ENTITY.exec(rest)
        if (!entity) return {line, column}
        pass(entity[0].length)
      } else pass(2)
    }
  }
}
