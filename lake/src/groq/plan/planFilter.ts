import type {ExprNode} from 'groq-js'

import type {StoredDocument} from '../../document.ts'
import {arrayFrom} from '../compile/compiler.ts'
import type {Compiled, Compiler, Test, Visit} from '../compile/compiler.ts'
import {step} from '../run.ts'
import type {Read, Run, Scope} from '../run.ts'
import type {AccessPaths} from '../source.ts'
import {assess, chooseAccess, typesOf} from './chooseAccess.ts'
import {chooseWalk} from './chooseWalk.ts'
import {describeAccesses, describeWalks} from './describe.ts'
import {recogniserFor} from './recognise.ts'
import {selectivities} from './term.ts'
import type {Term} from './term.ts'

/**
 * `*[conditions]`. Each execution asks which indexes can name candidates, takes the cheapest, and
 * tests the conditions on each candidate; conditions that an index answers exactly are not tested
 * again. Without an index it scans: the answer is the same.
 *
 * @param wanted A condition that need not be tested: documents that fail it may be left out, if
 *   no document has a `_score` of its own (see wantedByScore.ts).
 */
export const planFilter = (
  conditions: readonly ExprNode[],
  compiler: Compiler,
  wanted?: ExprNode,
): Compiled => {
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
  const testWithout = memoizedByTerm((known) =>
    every(tested.filter(({term}) => !term || !known.includes(term)).map(({test}) => test)),
  )

  /** The test that is left when the documents come from an access of the term. */
  const residue = (paths: AccessPaths, used: Term | undefined): Test =>
    testWithout(used?.isExact?.(paths) ? used : undefined)

  // Reads are reported by what found the documents: a term, or the plan where none did.
  const plan = {}

  const filtered = arrayFrom((scope, visit) => {
    const element = compiler.nest(scope, null)
    const {source} = scope.run
    const situation =
      source.access && assess(source.access, typeTerm, termsFor(source.access), element)
    if (situation === 'empty') return true
    const choice = situation && chooseAccess(situation)
    if (situation && choice) {
      const {documents, accesses, term = typeTerm} = choice
      const read = reading(scope.run, term ?? plan, () => describeAccesses(accesses))
      visitAll(element, documents, read, residue(situation.paths, term), visit)
    } else {
      const read = reading(scope.run, plan, () => 'everything')
      visitAll(element, source.scan(), read, testWithout(undefined), visit)
    }
    return true
  })

  return {
    ...filtered,
    inIdOrder: true,
    ordered: (scope, order, visit) => {
      const {access} = scope.run.source
      const element = compiler.nest(scope, null)
      const situation = access && assess(access, typeTerm, otherTerms, element)
      if (situation === 'empty') return true
      const choice = situation && chooseWalk(situation, order)
      if (!situation || !choice) return false
      const {walks, documents, keeps} = choice
      const passes = residue(situation.paths, keeps?.term)
      const read = reading(scope.run, filtered, () => describeWalks(walks))
      visitAll(element, documents, read, passes, visit)
      return true
    },
    count: (scope) => {
      const {access} = scope.run.source
      const [other, ...more] = otherTerms
      if (!access || more.length > 0 || tested.some(({term}) => !term)) return undefined
      const element = compiler.nest(scope, null)
      const types = typeTerm?.accesses(element, undefined)?.flatMap(typesOf) ?? [undefined]
      const count = sum(
        types.map((type) =>
          other ? other.counter?.count(access, element, type) : access.count(type),
        ),
      )
      if (count !== undefined) {
        const what = other?.counter?.what ?? (types.join(', ') || 'everything')
        reading(scope.run, plan, () => `count of ${what}`)
      }
      return count
    },
  }
}

/** Sends the documents that pass to `visit`, until it wants no more. */
const visitAll = (
  element: Scope,
  documents: Iterable<StoredDocument>,
  read: Read,
  passes: Test,
  visit: Visit,
): void => {
  const {run} = element
  for (const document of documents) {
    step(run)
    read.candidates++
    run.report.documents++
    element.value = document
    if (passes(element) && !visit(document)) break
  }
}

const sum = (counts: readonly (number | undefined)[]): number | undefined =>
  counts.reduce(
    (total, count) => (total === undefined || count === undefined ? undefined : total + count),
    0,
  )

const rank = ({selectivity}: Term): number => selectivities.indexOf(selectivity)

const every = (tests: readonly Test[]): Test => {
  const [first, second] = tests
  if (!first) return () => true
  if (!second) return first
  if (tests.length === 2) return (scope) => first(scope) && second(scope)
  return (scope) => tests.every((test) => test(scope))
}

/** Keeps what was made for each term, and for none. */
const memoizedByTerm = (make: (known: readonly Term[]) => Test) => {
  const made = new Map<Term | undefined, Test>()
  return (term: Term | undefined): Test => {
    let test = made.get(term)
    if (!test) made.set(term, (test = make(term ? [term] : [])))
    return test
  }
}

const reading = (run: Run, by: object, describe: () => string): Read => {
  const {reads} = run.report
  let read = reads.get(by)
  if (!read) reads.set(by, (read = {describe, times: 0, candidates: 0}))
  read.times++
  return read
}
