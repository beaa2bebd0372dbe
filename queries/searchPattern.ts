/** A word, with the apostrophes and dots inside it: Musk's, we’re, 3.14, U.S. */
const WORD = /[\p{L}\p{M}\p{N}_]+(?:['’.][\p{L}\p{M}\p{N}_]+)*/gu

/**
 * Turns what a reader typed into the `pattern` of `searchQuery`: each word as the start of a word,
 * all of them wanted. Apostrophes become wildcards, so that "Musk's" finds “Musk’s” and the other
 * way round. Text without words gives an empty pattern, which finds nothing.
 */
export const searchPattern = (typed: string): string =>
  (typed.normalize('NFC').match(WORD) ?? [])
    .map((word) => `${word.replaceAll(/['’]/g, '*')}*`)
    .join(' ')
