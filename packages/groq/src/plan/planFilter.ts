/** Plans and executes `*[conditions]`. */
import type {ExprNode} from 'groq-js'

import type {Compiler, Each, Test} from '../execution/compiler.ts'
import type {Access, AccessPaths} from '../source/source.ts'
import {assess, chooseAccess} from './chooseAccess.ts'
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
  /** The test that is left for documents from accesses of the term; undefined when there is none. */
  residue(paths: AnyPaths, used: Term | undefined, accesses: readonly Access[]): Test | undefined
  /** The same for documents of one type that the conditions allow. */
  residueWithinType(
    paths: AnyPaths,
    used: Term | undefined,
    accesses: readonly Access[],
  ): Test | undefined
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
  const testWithout = memoizedByTerm((met) =>
    every(tested.filter(({term}) => !term || term !== met).map(({test}) => test)),
  )
  const testWithoutType = memoizedByTerm((met) =>
    every(
      tested.filter(({term}) => !term || (term !== met && term !== typeTerm)).map(({test}) => test),
    ),
  )
  const trustsIndexes = compiler.optimisations.has('exactIndexes')

  const residue: FilterPlan['residue'] = (paths, used, accesses) => {
    if (!trustsIndexes) return testWithout(undefined)
    const isOfType = accesses.every(keepsType)
    return (isOfType ? testWithoutType : testWithout)(metBy(paths, used, accesses))
  }

  const plan: FilterPlan = {
    typeTerm,
    otherTerms,
    knowsEveryCondition: tested.every(({term}) => term),
    residue,
    residueWithinType: (paths, used, accesses) =>
      trustsIndexes ? testWithoutType(metBy(paths, used, accesses)) : testWithout(undefined),
    each: (scope, visit) => {
      const element = compiler.nest(scope, null)
      const {source} = scope.execution
      const situation =
        source.access && assess(source.access, typeTerm, termsFor(source.access), element)
      if (situation === 'empty') return true
      const choice = situation && chooseAccess(situation)
      if (situation && choice) {
        const {sequences, accesses, term = typeTerm} = choice
        const read = reading(scope.execution, term ?? plan, () => describeAccesses(accesses))
        const passes = residue(situation.paths, term, accesses)
        visitAll(element, mergeDocuments(sequences, byId), read, passes, visit)
      } else {
        const read = reading(scope.execution, plan, () => 'everything')
        visitAll(element, source.scan(), read, testWithout(undefined), visit)
      }
      return true
    },
  }
  return plan
}

/** The term, if everything that its accesses yield meets it. */
const metBy = (
  paths: AnyPaths,
  term: Term | undefined,
  accesses: readonly Access[],
): Term | undefined => (term?.isExact?.(paths, accesses) ? term : undefined)

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

/** Keeps what was made for each term, and for none. */
const memoizedByTerm = (make: (term: Term | undefined) => Test | undefined) => {
  const made = new Map<Term | undefined, Test | undefined>()
  return (term: Term | undefined): Test | undefined => {
    if (!made.has(term)) made.set(term, make(term))
    return made.get(term)
  }
}
