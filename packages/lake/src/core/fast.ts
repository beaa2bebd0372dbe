/**
 * The lake's optimisations by name: the only list of them, and the internal option that switches them
 * off. Without any, requests have the same results; the official suite and random comparisons run both
 * ways. bench/README.md says what each is worth.
 */

/** What each optimisation does. Those named like a cache in cache/caches.ts are that cache. */
export const OPTIMISATIONS = {
  documents: 'keeps parsed documents',
  rows: 'keeps rows of indexes until the next write',
  results: 'keeps results while no commit concerns them',
  responses: 'repeats responses',
  plans: 'keeps compiled queries',
  targets: 'keeps the numbers of referenced ids',
  statements: 'keeps prepared statements',
  sources: 'keeps a source of documents for each perspective',
  routes: 'keeps the routes of paths',
  options: 'keeps the options of query strings',
  engine: 'all optimisations of @copydesk/groq',
  storedJson: 'sends whole documents as they are stored, without parsing them (store/fast)',
  sharedReads: 'lets readers within a millisecond share a transaction (store/fast)',
  responseBatch: 'sends the responses of one turn of the event loop together (server)',
} as const

export type Optimisation = keyof typeof OPTIMISATIONS

/** All unless given; false for none. */
export type FastOption = boolean | {readonly without: readonly Optimisation[]}

/** Whether the option includes an optimisation. */
export const isFast = (fast: FastOption | undefined, name: Optimisation): boolean =>
  typeof fast === 'object' ? !fast.without.includes(name) : (fast ?? true)

const isOptimisation = (name: string): name is Optimisation => Object.hasOwn(OPTIMISATIONS, name)

export const optimisationNames: readonly Optimisation[] =
  Object.keys(OPTIMISATIONS).filter(isOptimisation)

/** @throws Error for a name that no optimisation has. */
export const fastWithout = (names: readonly string[]): FastOption => ({
  without: names.map((name) => {
    if (isOptimisation(name)) return name
    throw new Error(`There is no optimisation "${name}". Use: ${optimisationNames.join(', ')}.`)
  }),
})
