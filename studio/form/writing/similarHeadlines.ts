/** The form of an article: which published headlines are like the one that is being written. */
import {LIVE} from '../../../front/queries/fragments.ts'

/** Shorter words, such as “the” and “over”, say little about a story. */
const SHORTEST = 4

/** More words would make a long query and find nothing else. */
const MOST_WORDS = 8

const words = new Intl.Segmenter('en-GB', {granularity: 'word'})

/** The words that tell a headline from others, in lower case, each once. */
export const tellingWords = (headline: string): string[] => [
  ...new Set(
    [...words.segment(headline.toLowerCase())]
      .filter(({isWordLike, segment}) => isWordLike && segment.length >= SHORTEST)
      .map(({segment}) => segment),
  ),
]

/**
 * The query for headlines that share words with this one, best first, and its parameters; none while
 * there are too few words.
 * @param id the published id of the story, which is not like itself
 */
export const similarQuery = (
  headline: string,
  id: string,
  now: Date,
): {readonly query: string; readonly params: Record<string, string>} | undefined => {
  const telling = tellingWords(headline).slice(0, MOST_WORDS)
  if (telling.length < 2) return undefined
  const matches = telling.map((_, index) => `headline match $word${index}`)
  return {
    query: `*[${LIVE} && _id != $id && (${matches.join(' || ')})]
      | score(${matches.join(', ')}) | order(_score desc, firstPublishedAt desc)[0...20]
      {_id, headline}`,
    params: {
      id,
      now: now.toISOString(),
      ...Object.fromEntries(telling.map((word, index) => [`word${index}`, word])),
    },
  }
}

/** The share of the shorter headline's significant words that the other has too, from 0 to 1. */
const likeness = (one: string, other: string): number => {
  const mine = tellingWords(one)
  const theirs = new Set(tellingWords(other))
  const shared = mine.filter((word) => theirs.has(word)).length
  return shared < 2 ? 0 : shared / Math.min(mine.length, theirs.size)
}

/** More would be a list to read while writing. */
const SHOWN = 3

/** The found headlines that share at least two words, and more than half of the shorter one's. */
export const similarOf = <Found extends {readonly headline: string}>(
  headline: string,
  found: readonly Found[],
): Found[] => found.filter((one) => likeness(headline, one.headline) > 0.5).slice(0, SHOWN)
