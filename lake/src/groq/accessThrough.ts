import type {StoredDocument} from '../document.ts'
import type {AccessPaths} from './source.ts'

/**
 * The same access paths, with every document that they read going through `pass`: how a source is
 * wrapped. What may change while a query runs is asked anew each time.
 */
export const accessThrough = (
  access: AccessPaths,
  pass: (documents: Iterable<StoredDocument>) => Iterable<StoredDocument>,
): AccessPaths => ({
  read(request) {
    const documents = access.read(request)
    return documents && pass(documents)
  },
  ordered(walk) {
    const documents = access.ordered(walk)
    return documents && pass(documents)
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
