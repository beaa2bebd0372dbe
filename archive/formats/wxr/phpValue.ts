/**
 * Reads the values that WordPress keeps in PHP's own notation (`a:1:{s:3:"key";i:1;}`), such as the
 * facts about a picture. A value is data and nothing else: objects, references and broken lengths
 * make the whole value unreadable, and nothing is ever constructed or run.
 */

export type PhpValue = string | number | boolean | null | PhpMap
/** A PHP array: keys in order, numbers as text. */
export type PhpMap = ReadonlyMap<string, PhpValue>

/** Deeper values are hostile: WordPress's own have three levels. */
const DEPTH_MAX = 32

/** Undefined when the text is not one whole value. */
export function phpValue(text: string): PhpValue | undefined {
  const bytes = Buffer.from(text)
  let at = 0

  /** The bytes up to a sign, which is passed over. */
  const until = (sign: string): string | undefined => {
    const end = bytes.indexOf(sign, at, 'latin1')
    if (end === -1) return undefined
    const found = bytes.toString('latin1', at, end)
    at = end + sign.length
    return found
  }
  const expect = (signs: string): boolean => {
    const found = bytes.toString('latin1', at, at + signs.length) === signs
    at += signs.length
    return found
  }
  const count = (): number | undefined => {
    const digits = until(':')
    return digits !== undefined && /^\d{1,9}$/.test(digits) ? Number(digits) : undefined
  }
  const readString = (): string | undefined => {
    const length = count()
    if (length === undefined || !expect('"') || at + length > bytes.length) return undefined
    const found = bytes.toString('utf8', at, at + length)
    at += length
    return expect('";') ? found : undefined
  }
  const readNumber = (form: RegExp): number | undefined => {
    const digits = until(';')
    return digits !== undefined && form.test(digits) ? Number(digits) : undefined
  }
  const readMap = (depth: number): PhpMap | undefined => {
    const length = count()
    if (length === undefined || depth >= DEPTH_MAX || !expect('{')) return undefined
    const map = new Map<string, PhpValue>()
    for (let index = 0; index < length; index += 1) {
      const key = read(depth + 1)
      if (typeof key !== 'string' && typeof key !== 'number') return undefined
      const value = read(depth + 1)
      if (value === undefined) return undefined
      map.set(String(key), value)
    }
    return expect('}') ? map : undefined
  }
  const read = (depth: number): PhpValue | undefined => {
    const type = bytes.toString('latin1', at, at + 2)
    at += 2
    if (type === 'N;') return null
    if (type === 's:') return readString()
    if (type === 'i:') return readNumber(/^-?\d{1,19}$/)
    if (type === 'd:') return readNumber(/^-?[\d.]+(?:E[+-]?\d+)?$/i)
    if (type === 'a:') return readMap(depth)
    if (type !== 'b:') return undefined
    const digit = until(';')
    return digit === '0' || digit === '1' ? digit === '1' : undefined
  }

  const value = read(0)
  return at === bytes.length ? value : undefined
}

/** The text at a path of keys; undefined where there is none, or an empty one. */
export function phpText(value: PhpValue | undefined, path: readonly string[]): string | undefined {
  let found: PhpValue | undefined = value
  for (const key of path) found = found instanceof Map ? found.get(key) : undefined
  return typeof found === 'string' && found.trim() !== '' ? found : undefined
}
