/**
 * JSONMatch: the paths of patches (sanity.io/docs/content-lake/json-match).
 *
 *     path   = first { '.' name | union | '..' path }      first = name | union | '..' path
 *     union  = '[' term { ',' term } ']'
 *     term   = index | [index] ':' [index] | '*' | filter | path
 *     filter = ( name { '.' name } | '@' ) ( '?' | operator literal )
 *     name   = bare word | 'quoted'      literal = number | "text" | true | false | null
 *
 * A union may contain paths, so one string is parsed into a list of routes.
 */
import {validationError} from '../../core/errors.ts'
import {MAX_PATH_LENGTH, MAX_PATH_NESTING, MAX_PATH_ROUTES} from '../../core/limits.ts'
import {Refusal} from '../transaction/refusal.ts'

export type Step =
  /** `mustExist`: right after `..`, where a missing name is not created. */
  | {readonly kind: 'attribute'; readonly name: string; readonly mustExist: boolean}
  | {readonly kind: 'elements'; readonly selectors: readonly Selector[]}
  /** `..`: this value and everything below it. */
  | {readonly kind: 'descend'}

/** `path` is empty for `@`, the value itself. */
export type Selector =
  | {readonly kind: 'index'; readonly index: number}
  | {readonly kind: 'slice'; readonly start: number; readonly end: number | undefined}
  | {readonly kind: 'all'}
  | {readonly kind: 'exists'; readonly path: readonly string[]}
  | {
      readonly kind: 'filter'
      readonly path: readonly string[]
      readonly operator: Operator
      readonly value: Literal
    }

export type Operator = '==' | '!=' | '<' | '<=' | '>' | '>='
export type Literal = string | number | boolean | null
export type Steps = readonly Step[]

const isOperator = (text: string): text is Operator => /^(?:[<>]=?|[=!]=)$/.test(text)

const CONTROL: ReadonlyMap<string, string> = new Map([
  ['n', '\n'],
  ['t', '\t'],
  ['r', '\r'],
  ['b', '\b'],
  ['f', '\f'],
])

const unquote = (quoted: string): string =>
  quoted
    .slice(1, -1)
    .replace(/\\(?:u([0-9a-fA-F]{4})|(.))/gs, (_, hex: string | undefined, char: string) =>
      hex === undefined
        ? (CONTROL.get(char) ?? char)
        : String.fromCharCode(Number.parseInt(hex, 16)),
    )

/**
 * @returns The routes of the path.
 * @throws Refusal with the position of the error.
 */
export const parseJsonMatch = (text: string): readonly Steps[] => {
  let at = 0
  let nesting = 0

  const fail = (expected: string): never => {
    const value = text.length > 200 ? `${text.slice(0, 200)}…` : text
    const description = `Cannot read the path "${value}": expected ${expected} at position ${at}`
    throw new Refusal(validationError(description, {value}))
  }

  /** Takes what the sticky pattern matches here, after white space. */
  const take = (pattern: RegExp): string | undefined => {
    while (text[at] === ' ' || text[at] === '\t' || text[at] === '\n' || text[at] === '\r') at++
    pattern.lastIndex = at
    const found = pattern.exec(text)?.[0]
    if (found !== undefined) at += found.length
    return found
  }

  const takeName = (): string | undefined => {
    const name = take(/[A-Za-z_$][\w$]*/y)
    const quoted = name === undefined ? take(/'(?:[^'\\]|\\.)*'/sy) : undefined
    const found = quoted === undefined ? name : unquote(quoted)
    // Also when it is escaped: `'\\u005f_proto__'` is the same name.
    if (found === '__proto__') return fail('another name')
    return found
  }

  const takeIndex = (): number | undefined => {
    const digits = take(/-?\d+(?![\d.])/y)
    return digits === undefined ? undefined : Number(digits)
  }

  const takeLiteral = (): Literal => {
    const quoted = take(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/sy)
    if (quoted !== undefined) return unquote(quoted)
    const number = take(/-?\d+(?:\.\d+)?/y)
    if (number !== undefined) return Number(number)
    const word = take(/(?:true|false|null)(?!\w)/y)
    if (word === undefined) return fail('a number, a string in double quotes, true, false or null')
    return word === 'null' ? null : word === 'true'
  }

  /** A filter; takes nothing and returns undefined if the term is something else. */
  const takeFilter = (): Selector | undefined => {
    const start = at
    const path: string[] = []
    if (take(/@/y) === undefined) {
      do {
        const name = takeName()
        if (name === undefined) {
          at = start
          return undefined
        }
        path.push(name)
      } while (take(/\.(?!\.)/y) !== undefined)
    }
    if (take(/\?/y) !== undefined) return {kind: 'exists', path}
    const operator = take(/[<>]=?|[=!]=/y)
    if (operator !== undefined && isOperator(operator)) {
      return {kind: 'filter', path, operator, value: takeLiteral()}
    }
    if (path.length === 0) return fail('a comparison after @')
    at = start
    return undefined
  }

  const takeSelector = (): Selector | undefined => {
    if (take(/\*/y) !== undefined) return {kind: 'all'}
    const index = takeIndex()
    if (take(/:/y) !== undefined) return {kind: 'slice', start: index ?? 0, end: takeIndex()}
    return index === undefined ? takeFilter() : {kind: 'index', index}
  }

  const takeUnion = (): readonly Steps[] => {
    if (++nesting > MAX_PATH_NESTING)
      return fail(`no more than ${MAX_PATH_NESTING} unions inside one another`)
    const selectors: Selector[] = []
    const routes: Steps[] = []
    do {
      const selector = takeSelector()
      if (selector) selectors.push(selector)
      else routes.push(...takePath(false))
    } while (take(/,/y) !== undefined)
    if (take(/\]/y) === undefined) return fail('"," or "]"')
    nesting--
    if (selectors.length > 0) routes.push([{kind: 'elements', selectors}])
    return routes
  }

  /** @param mustExist Whether the path follows `..`. */
  const takePath = (mustExist: boolean): readonly Steps[] => {
    let routes: readonly Steps[] = [[]]
    const append = (tails: readonly Steps[]) => {
      routes = routes.flatMap((route) => tails.map((tail) => [...route, ...tail]))
      if (routes.length > MAX_PATH_ROUTES) fail(`no more than ${MAX_PATH_ROUTES} paths in one`)
    }
    const appendName = (existing: boolean) => {
      const name = takeName()
      if (name === undefined) return false
      append([[{kind: 'attribute', name, mustExist: existing}]])
      return true
    }

    let first = !appendName(mustExist)
    for (;;) {
      if (take(/\[/y) !== undefined) append(takeUnion())
      else if (take(/\.\./y) !== undefined) {
        append([[{kind: 'descend'}]])
        append(takePath(true))
      } else if (first) return fail('a name, "[" or ".."')
      else if (take(/\./y) === undefined) return routes
      else if (!appendName(false)) return fail('a name')
      first = false
    }
  }

  if (text.length > MAX_PATH_LENGTH) return fail(`no more than ${MAX_PATH_LENGTH} characters`)
  const routes = takePath(false)
  take(/\s*/y)
  return at === text.length ? routes : fail('the end')
}
