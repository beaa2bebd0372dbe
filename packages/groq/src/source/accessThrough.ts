import type {AccessPaths} from './source.ts'

/**
 * The same access paths, with everything that they read going through `pass`: how a source is
 * wrapped. What may change while a query runs is asked anew each time.
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
