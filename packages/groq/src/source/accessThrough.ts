/** Room source: what a store offers to queries. This file: wrapping the index reads of a store. */
import type {AccessPaths} from './source.ts'

/**
 * Wraps a source's access paths, so that everything they read goes through `pass`. Properties that
 * may change while a query runs are read again each time.
 */
export const accessThrough = <Item>(
  access: AccessPaths<Item>,
  pass: (items: Iterable<Item>) => Iterable<Item>,
): AccessPaths<Item> => ({
  read(request) {
    const items = access.read(request)
    return items && pass(items)
  },
  ordered(walk) {
    const items = access.ordered(walk)
    return items && pass(items)
  },
  estimate: access.estimate,
  count: access.count,
  countReferring: access.countReferring,
  ...(access.countTokens && {countTokens: access.countTokens}),
  get referencesAreExact() {
    return access.referencesAreExact
  },
  get storesScores() {
    return access.storesScores
  },
})
