/** A word, with the apostrophes and dots inside it: Musk's, we’re, 3.14, U.S. */
const WORD = /[\p{L}\p{M}\p{N}_]+(?:['’.][\p{L}\p{M}\p{N}_]+)*/gu

/**
 * Turns a reader's input into the `pattern` of `searchQuery`: each word matches as a prefix, and
 * all are required. Apostrophes become wildcards, so that "Musk's" finds “Musk’s” and the other way
 * round. Input without words gives an empty pattern, which matches nothing.
 */
export const searchPattern = (typed: string): string =>
  (typed.normalize('NFC').match(WORD) ?? [])
    .map((word) => `${word.replaceAll(/['’]/g, '*')}*`)
    .join(' ')
