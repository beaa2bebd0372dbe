/**
 * The byline: `by : A and B on : 14 Feb 2021 12:31`. Its names are split by one exact grammar, and
 * only if the whole field fits it in one way; anything else stays one printed byline, because
 * “Sam Reed, Jr.” is one person and “Ada Quill, Senior Reporter” is none more.
 */
import {z} from 'zod'

import {agencies} from '../entities/agencies.ts'
import words from '../entities/bylineWords.json' with {type: 'json'}

export interface Byline {
  /** The field as printed, between `by :` and `on :`. Empty when nobody is named. */
  readonly printed: string
  /** The names, when the whole field fits the grammar; undefined when it does not. */
  readonly names: readonly string[] | undefined
  /** `14 Feb 2021 12:31`, as printed. Undefined when the line has no ` on : `. */
  readonly time: string | undefined
}

/** Undefined when the line is no byline. `publication` is a name that may sign, too. */
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
export function isFullName(text: string): boolean {
  return NAME.test(text) && !text.split(' ').some((word) => notNames.has(word.replace(/\.$/, '')))
}

/** `NAME`, `NAME and NAME`, `NAME, NAME and NAME`: with the last comma or without, `&` for `and`. */
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

/** What a byline that fits no grammar may name: for an editor to decide, never asserted. */
export function possibleNames(printed: string): string[] {
  const parts = printed.split(/ ?[,/|+&] ?| (?:and|with|for|of|in) /)
  return [...new Set(parts.map((part) => part.trim()).filter(isFullName))]
}
