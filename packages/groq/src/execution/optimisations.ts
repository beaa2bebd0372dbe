/**
 * The optimisations of the engine, by name: the only list of them, and the option that switches them
 * off. Without any, a query gives the same result from `evaluate`, `each` and `test` alone; the
 * official suite and the random comparisons run in both modes. What each is worth, and how that was
 * measured, is in bench/README.md; the code is in the room `fast`, or where the list says.
 */

/** What each optimisation does. */
export const OPTIMISATIONS = {
  storedJson: 'sends whole documents as they are stored, without parsing them',
  orderedWalk: 'reads documents in the order of an index and stops early',
  skipUnread: 'leaves out the documents before a slice without reading them',
  indexCount: 'counts documents by an index, without reading them',
  exactIndexes: 'does not test again what an index answers exactly',
  idOrder: 'does not sort by _id what comes in that order',
  scoredOnly: 'reads only documents that can have a score, where only those are kept',
  orderFirst: 'sorts before it projects',
  closedOnce: 'computes once for a query what does not depend on the document (compile, functions)',
  membershipSet: 'makes a set of a list that many values are looked up in (compile)',
  searchedText: 'keeps folded strings from the filter to the score (text)',
  blockText: 'keeps the text of blocks from the filter to the score (functions)',
  jsonAsIs: 'does not convert a result that cannot hold datetimes and the like (query)',
  smallResults: 'does not measure a result that cannot be large (query)',
} as const

export type Optimisation = keyof typeof OPTIMISATIONS

/** The ones that a query uses. */
export type Optimisations = ReadonlySet<Optimisation>

/** All unless given; false for none. */
export type FastOption = boolean | {readonly without: readonly Optimisation[]}

const isOptimisation = (name: string): name is Optimisation => Object.hasOwn(OPTIMISATIONS, name)

export const optimisationNames: readonly Optimisation[] =
  Object.keys(OPTIMISATIONS).filter(isOptimisation)

const ALL: Optimisations = new Set(optimisationNames)
const NONE: Optimisations = new Set()

export const optimisationsOf = (fast: FastOption = true): Optimisations => {
  if (typeof fast === 'boolean') return fast ? ALL : NONE
  const without = new Set(fast.without)
  return new Set(optimisationNames.filter((name) => !without.has(name)))
}
