/** Plans and executes `*[conditions]`. */
import type {ExprNode} from 'groq-js'

import type {Compiler, Each, Test} from '../execution/compiler.ts'
import type {Access, AccessPaths} from '../source/source.ts'
import {assess, type Choice, chooseAccess} from './chooseAccess.ts'
import type {Candidate} from './combineBounds.ts'
import {describeAccesses} from './describe.ts'
import {byId, mergeDocuments} from './mergeDocuments.ts'
import {recogniserFor} from './predicates/recognise.ts'
import {type AnyPaths, selectivities, type Term} from './predicates/term.ts'
import {reading, visitAll} from './visitDocuments.ts'

/** How `*[conditions]` finds its documents. */
export interface FilterPlan {
  /** Sends the documents that pass, in `_id` order. */
  readonly each: Each
  /** The condition that says of which types the documents are. */
  readonly typeTerm: Term | undefined
  /** The other conditions that an index helps with, from the most selective to the least. */
  readonly otherTerms: readonly Term[]
  /** An index helps with every condition. */
  readonly knowsEveryCondition: boolean
  /**
   * The test that is left for documents that all of the candidates find; undefined when there is
   * none.
   * @param isOfType Whether they are of types that the conditions allow.
   */
  residue(paths: AnyPaths, used: readonly Candidate[], isOfType: boolean): Test | undefined
}

/**
 * `*[conditions]`. Each execution asks which indexes can name candidates, takes the cheapest, and
 * tests the conditions on each candidate; conditions that an index answers exactly are not tested
 * again. Without an index it scans: the answer is the same.
 *
 * @param wanted A condition that need not be tested: documents that fail it may be left out, if
 *   no document has a `_score` of its own (see fast/wantedByScore.ts).
 */
export const planFilter = (
  conditions: readonly ExprNode[],
  compiler: Compiler,
  wanted?: ExprNode,
): FilterPlan => {
  const inner = compiler.inner('inner')
  const recognise = recogniserFor(inner)
  const tested = conditions.map((condition) => ({
    test: inner.test(condition),
    term: recognise(condition),
  }))
  const terms = tested.flatMap(({term}) => term ?? []).toSorted((a, b) => rank(a) - rank(b))
  const typeTerm = terms.find((term) => term.confinesType)
  const otherTerms = terms.filter((term) => term !== typeTerm)
  const wantedTerm = wanted && recognise(wanted)
  const termsWithWanted = wantedTerm
    ? [...otherTerms, wantedTerm].toSorted((a, b) => rank(a) - rank(b))
    : otherTerms
  const termsFor = ({storesScores}: AccessPaths) =>
    storesScores === false ? termsWithWanted : otherTerms
  const testWithout = memoizedByTerms(terms, (met) =>
    every(tested.filter(({term}) => !term || !met.includes(term)).map(({test}) => test)),
  )
  const trustsIndexes = compiler.optimisations.has('exactIndexes')

  const residue: FilterPlan['residue'] = (paths, used, isOfType) => {
    if (!trustsIndexes) return testWithout([])
    const met = used.flatMap((candidate) => metBy(paths, candidate))
    return testWithout(isOfType && typeTerm ? [...met, typeTerm] : met)
  }

  const plan: FilterPlan = {
    typeTerm,
    otherTerms,
    knowsEveryCondition: tested.every(({term}) => term),
    residue,
    each: (scope, visit) => {
      const element = compiler.nest(scope, null)
      const {source} = scope.execution
      const situation =
        source.access && assess(source.access, typeTerm, termsFor(source.access), element)
      if (situation === 'empty') return true
      const choice = situation && chooseAccess(situation)
      if (situation && choice) {
        const {sequences, accesses, candidate} = choice
        const by = candidate?.term ?? typeTerm ?? plan
        const read = reading(scope.execution, by, () => describeAccesses(accesses))
        const passes = residueOf(plan, situation.paths, choice)
        visitAll(element, mergeDocuments(sequences, byId), read, passes, visit)
      } else {
        const read = reading(scope.execution, plan, () => 'everything')
        visitAll(element, source.scan(), read, testWithout([]), visit)
      }
      return true
    },
  }
  return plan
}

/** The terms that everything which the accesses of the candidate yield meets. */
const metBy = (paths: AnyPaths, {term, others = [], accesses}: Candidate): readonly Term[] =>
  [term, ...others].filter((each) => each.isExact?.(paths, accesses))

/** The test that is left for the documents of a choice. */
export const residueOf = (
  plan: FilterPlan,
  paths: AnyPaths,
  {candidate, accesses}: Omit<Choice<unknown>, 'sequences'>,
): Test | undefined =>
  candidate
    ? plan.residue(paths, [candidate], accesses.every(keepsType))
    : plan.residue(paths, [], true)

/** Whether the access yields documents of its type alone. */
const keepsType = (access: Access): boolean =>
  access.by !== 'tokens' && 'type' in access && access.type !== undefined

const rank = ({selectivity}: Term): number => selectivities.indexOf(selectivity)

const every = (tests: readonly Test[]): Test | undefined => {
  const [first, second] = tests
  if (!first || !second) return first
  if (tests.length === 2) return (scope) => first(scope) && second(scope)
  return (scope) => tests.every((test) => test(scope))
}

/** Terms after this many are always tested. */
const MOST_MET = 50

/** Keeps what was made for each set of some of the terms. */
const memoizedByTerms = (
  terms: readonly Term[],
  make: (met: readonly Term[]) => Test | undefined,
) => {
  const bits = new Map(terms.slice(0, MOST_MET).map((term, index) => [term, 2 ** index]))
  const made = new Map<number, Test | undefined>()
  return (met: readonly Term[]): Test | undefined => {
    const known = met.filter((term, index) => bits.has(term) && met.indexOf(term) === index)
    const key = known.reduce((sum, term) => sum + (bits.get(term) ?? 0), 0)
    if (!made.has(key)) made.set(key, make(known))
    return made.get(key)
  }
}
