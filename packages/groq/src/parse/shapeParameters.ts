/**
 * Parameters whose values decide how a query is read, and not only what it answers: `list[$x]` is an
 * attribute for a string, an element for a number and a filter for anything else, and the bounds
 * of a slice must be known to the parser. A tree is only good for the same values of these.
 */

// Brackets with only parameters, numbers, strings and arithmetic inside. Two expressions, because a
// single one would try every way to split a number. Strings with brackets in them are left out, so
// that each bracket is compared with one other at most.
const plainBrackets = /\[((?:[\s\w$()+\-*/%.]|"[^"[\]]*"|'[^'[\]]*')*)\]/g
const quoted = /"[^"]*"|'[^']*'/g
const parameterOrNumber = /\$[A-Za-z_]\w*|\d[\deE]*/g
const arithmetic = /^[\s()+\-*/%.]*$/

/** Names, sorted; a few too many at worst (`x in [$a]` is no access, but looks like one). */
export const shapeParameters = (text: string): readonly string[] => {
  if (!text.includes('$')) return []
  let names = known.get(text)
  if (!names) {
    if (known.size >= mostKnown) known.clear()
    known.set(text, (names = find(text)))
  }
  return names
}

/** Callers send the same queries over and over. */
const known = new Map<string, readonly string[]>()
const mostKnown = 1000

const find = (text: string): readonly string[] => {
  const names = new Set<string>()
  for (const [, inside = ''] of text.matchAll(plainBrackets)) {
    const unquoted = inside.replace(quoted, '')
    if (!arithmetic.test(unquoted.replace(parameterOrNumber, ''))) continue
    for (const [, name = ''] of unquoted.matchAll(/\$(\w+)/g)) names.add(name)
  }
  return [...names].toSorted()
}
