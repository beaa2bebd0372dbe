/**
 * Phrases that read like a translation, and what to write instead. Add one when a reviewer stumbles
 * over it; keep each narrow enough that a good sentence never needs an exception.
 */
import type {Prose} from './prose.ts'

const PHRASES: readonly (readonly [phrase: RegExp, better: string])[] = [
  [/\b(?:un)?mend(?:s|ed|ing)?\b/, 'fix'],
  [/\bwhoever\b/, 'the caller, the user, anyone who'],
  [/\bnobody in particular\b/, 'an anonymous caller'],
  [/\bas many as may be\b/, 'at most, up to'],
  [/\banew\b|\bafresh\b/, 'again, from scratch'],
  [/\bheed(?:s|ed|ing)?\b/, 'follow, respect'],
  [
    /\b(?:must|to) be (?:a text|texts)\b|\b(?:is|are) (?:no|not a) text\b|\b(?:list|array) of texts\b/,
    'string',
  ],
  [/\bat the most\b/, 'at most'],
  [
    /\b(?:is|are|was|were|be|been|being|gets?) told\b(?! apart)|\btold (?:of|about)\b|\btells? of\b/,
    'is notified, receives; reports',
  ],
  [/\b(?:hear|hears|heard) of\b/, 'receives, learns about'],
  [
    /\b(?:at|for|in) (?:a|the|this|that|one|another) moment\b|\bmoment (?:of|in|when|at|that|from)\b/,
    'time',
  ],
  [/\blately\b/, 'recently'],
  [/\bnow and then\b/, 'sometimes'],
  [/\bgoes by\b/, 'uses, follows'],
  [/\bso manieth\b/, 'every nth'],
  [/\bof (?:its|their) own accord\b/, 'by itself'],
  [/\bwith a sentence\b/, 'with a clear error'],
  [/\bbetray(?:s|ed)?\b/, 'reveal'],
  [/\bdear(?:er|est)\b/, 'more expensive, slower'],
  [/\bas it stands\b/, 'as it is, unchanged'],
  [/\bnobody(?:’|')s waiting\b|\blooks at any ?more\b/, 'unused'],
  [/\bso that nobody\b/, 'so that no client, no caller'],
  [/\bin (?:their|its|his) stead\b/, 'instead'],
]

/** A phrase as a pattern. Words may be apart by several spaces, because line ends become spaces. */
const patternOf = (phrase: RegExp): string => phrase.source.replaceAll(' ', ' +')
const PATTERNS = PHRASES.map(
  ([phrase, better]) => [new RegExp(patternOf(phrase), 'gi'), better] as const,
)
/** Finds in one pass that a text has no phrase, as nearly all have none. */
const ANY = new RegExp(PHRASES.map(([phrase]) => patternOf(phrase)).join('|'), 'i')

/** Where a piece of prose has a phrase: `line: “phrase”; better: …`. Lines count from its file's first. */
export const findPhrases = ({line, text}: Prose): string[] => {
  // A phrase may run over a line end of a comment.
  const joined = text.replaceAll(
    /\n[ \t]*(?:\*(?!\/)|\/\/)?/g,
    (end) => '\n' + ' '.repeat(end.length - 1),
  )
  const flat = joined.replaceAll(/\s/g, ' ')
  if (!ANY.test(flat)) return []
  return PATTERNS.flatMap(([pattern, better]) =>
    [...flat.matchAll(pattern)].map(({0: found, index}) => {
      const at = line + joined.slice(0, index).split('\n').length - 1
      return `${at}: “${found.replaceAll(/ +/g, ' ')}”; better: ${better}`
    }),
  )
}
