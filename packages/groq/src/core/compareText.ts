/**
 * Room core: values, ids, errors and limits that all rooms share. This file: the order of strings.
 *
 * Compares by Unicode code point, as the specification and SQLite do. JavaScript's own `<` compares
 * UTF-16 units, which puts characters above U+FFFF (surrogates) before U+E000 to U+FFFF.
 */
export const compareText = (a: string, b: string): number => {
  if (a === b) return 0
  const shorter = Math.min(a.length, b.length)
  for (let index = 0; index < shorter; index++) {
    const x = a.charCodeAt(index)
    const y = b.charCodeAt(index)
    if (x !== y) return x >= 0xd800 && y >= 0xd800 ? surrogatesLast(x) - surrogatesLast(y) : x - y
  }
  return a.length - b.length
}

const surrogatesLast = (unit: number): number => (unit >= 0xe000 ? unit - 0x2000 : unit + 0x2000)
