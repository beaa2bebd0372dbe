/**
 * The byline: `by : A and B on : 14 Feb 2021 12:31`. Names are split by an exact grammar, and only
 * if the whole field has one reading. Anything else stays a printed byline, because “Sam Reed, Jr.”
 * and “Ada Quill, Senior Reporter” each name one person.
 */
import {z} from 'zod'

import {agencies} from '../entities/agencies.ts'
import words from '../entities/bylineWords.json' with {type: 'json'}

export interface Byline {
  /** The field as printed, between `by :` and `on :`. Empty when there is no name. */
  readonly printed: string
  /** The names, when the whole field fits the grammar; undefined when it does not. */
  readonly names: readonly string[] | undefined
  /** `14 Feb 2021 12:31`, as printed. Undefined when the line has no ` on : `. */
  readonly time: string | undefined
}

/**
 * Undefined when the line is not a byline. `publication` is a name that may also appear as author.
 */
export function byline(text: string, publication?: string): Byline | undefined {
  const [, rest] = /^by ?: ?(.+)$/i.exec(text) ?? []
  if (!rest) return undefined
  const [, who = rest, time] = /^(.*?) ?\bon ?: ?(.*)$/i.exec(rest) ?? []
  const printed = who.trim()
  return {printed, names: namesIn(printed, publication), time}
}

const notNames = new Set(z.array(z.string().min(1)).parse(words))

const WORD = String.raw`(?:(?:al|d|el|l|o)[-’'])?\p{Lu}[\p{L}\p{M}.’'-]*`
const PARTICLES =
  'af|al|av|bin|da|de|del|della|den|der|di|dos|das|du|el|ibn|la|le|te|ten|ter|van|von|y|zu|zur'
/** A full name: two capitalised words or more, with particles between them. */
const NAME = new RegExp(`^${WORD}(?: (?:(?:${PARTICLES}) )*${WORD})+$`, 'u')

/** A person's full name, without title, suffix or role. */
function isFullName(text: string): boolean {
  return NAME.test(text) && !text.split(' ').some((word) => notNames.has(word.replace(/\.$/, '')))
}

/**
 * `NAME`, `NAME and NAME`, `NAME, NAME and NAME`; a comma before `and` is optional, `&` works too.
 */
function namesIn(printed: string, publication: string | undefined): string[] | undefined {
  if (printed === '') return undefined
  const signs = (text: string): boolean =>
    text === publication || agencies.includes(text) || isFullName(text)
  if (signs(printed)) return [printed]
  const [, listed, last] = /^(.+?),? (?:and|&) ([^,&]+)$/.exec(printed) ?? []
  if (!listed || !last) return undefined
  const names = [...listed.split(', '), last]
  return names.every(signs) ? names : undefined
}

/** Possible names in a byline that does not fit the grammar: proposals, never facts. */
export function possibleNames(printed: string): string[] {
  const parts = printed.split(/ ?[,/|+&] ?| (?:and|with|for|of|in) /)
  return [...new Set(parts.map((part) => part.trim()).filter(isFullName))]
}
