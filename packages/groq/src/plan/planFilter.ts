/** Plans and executes `*[conditions]`. */
import type {ExprNode} from 'groq-js'

import type {StoredDocument} from '../core/document.ts'
import {
  arrayFrom,
  type Compiled,
  type Compiler,
  type DocumentOrder,
  type EachJson,
  type Test,
  type Visit,
} from '../execution/compiler.ts'
import {type Read, type Execution, type Scope, step} from '../execution/execution.ts'
import type {Access, AccessPaths, ReadJson} from '../source/source.ts'
import {assess, chooseAccess, type Situation, typesOf} from './chooseAccess.ts'
import {chooseWalk} from './chooseWalk.ts'
import type {Candidate} from './combineBounds.ts'
import {describeAccesses, describeWalks} from './describe.ts'
import {byId, byPath, mergeDocuments} from './mergeDocuments.ts'
import {recogniserFor} from './predicates/recognise.ts'
import {type AnyPaths, selectivities, type Term} from './predicates/term.ts'

/**
 * `*[conditions]`. Each execution asks which indexes can name candidates, takes the cheapest, and
 * tests the conditions on each candidate; conditions that an index answers exactly are not tested
 * again. Without an index it scans: the answer is the same. Where no condition is left to test, the
 * documents can be part of the answer without being parsed (`json`).
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
  const testWithout = memoizedByTerm((met) =>
    every(tested.filter(({term}) => !term || term !== met).map(({test}) => test)),
  )
  const testWithoutType = memoizedByTerm((met) =>
    every(
      tested.filter(({term}) => !term || (term !== met && term !== typeTerm)).map(({test}) => test),
    ),
  )

  /** The test that is left for documents from accesses of the term; undefined when there is none. */
  const residue = (
    paths: AnyPaths,
    used: Term | undefined,
    accesses: readonly Access[],
  ): Test | undefined =>
    (accesses.every(keepsType) ? testWithoutType : testWithout)(metBy(paths, used, accesses))
  const areAllExact =
    otherTerms.length < 2 &&
    otherTerms.every(({isExact}) => isExact) &&
    tested.every(({term}) => term)

  // Reads are reported by what found the documents: a term, or the plan where none did.
  const plan = {}

  const filtered = arrayFrom((scope, visit) => {
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
  })

  const json: EachJson = (scope, visit, order) => {
    const {execution} = scope
    const paths = execution.source.json
    const situation = paths && assess(paths, typeTerm, otherTerms, compiler.nest(scope, null))
    if (situation === 'empty') return true
    const found = situation && (order ? walkJson(situation, order) : findJson(situation))
    if (!found) return false
    const read = reading(execution, found.by, found.describe)
    for (const document of found.documents) {
      note(execution, read)
      if (!visit(document)) break
    }
    return true
  }

  /** Merging compares documents, so it must parse them. */
  const findJson = (situation: Situation<ReadJson>): FoundJson | undefined => {
    const choice = chooseAccess(situation)
    if (choice?.sequences.length !== 1) return undefined
    const {sequences, accesses, term = typeTerm} = choice
    if (residue(situation.paths, term, accesses)) return undefined
    return {
      documents: sequences[0] ?? [],
      by: term ?? plan,
      describe: () => describeAccesses(accesses),
    }
  }

  const walkJson = (
    situation: Situation<ReadJson>,
    order: DocumentOrder,
  ): FoundJson | undefined => {
    const choice = chooseWalk(situation, order)
    if (choice?.sequences.length !== 1) return undefined
    const {walks, sequences, keeps} = choice
    if (walkResidue(situation.paths, keeps)) return undefined
    return {documents: sequences[0] ?? [], by: filtered, describe: () => describeWalks(walks)}
  }

  /** Every walk goes through documents of one type, which the conditions allow. */
  const walkResidue = (paths: AnyPaths, keeps: Candidate | undefined): Test | undefined =>
    testWithoutType(metBy(paths, keeps?.term, keeps?.accesses ?? []))

  return {
    ...filtered,
    inIdOrder: true,
    ordered: (scope, order, visit) => {
      const {access} = scope.execution.source
      const element = compiler.nest(scope, null)
      const situation = access && assess(access, typeTerm, otherTerms, element)
      if (situation === 'empty') return true
      const choice = situation && chooseWalk(situation, order)
      if (!situation || !choice) return false
      const {walks, sequences, keeps} = choice
      const read = reading(scope.execution, filtered, () => describeWalks(walks))
      const documents = mergeDocuments(sequences, byPath(order.path, order.direction))
      visitAll(element, documents, read, walkResidue(situation.paths, keeps), visit)
      return true
    },
    ...(areAllExact && {json}),
    count: (scope) => {
      const {access} = scope.execution.source
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
        reading(scope.execution, plan, () => `count of ${what}`)
      }
      return count
    },
  }
}

/** Sends the documents that pass to `visit`, until it returns false. */
const visitAll = (
  element: Scope,
  documents: Iterable<StoredDocument>,
  read: Read,
  passes: Test | undefined,
  visit: Visit,
): void => {
  for (const document of documents) {
    note(element.execution, read)
    element.value = document
    if ((!passes || passes(element)) && !visit(document)) break
  }
}

/** Counts a document that was found. */
const note = (execution: Execution, read: Read): void => {
  step(execution)
  read.candidates++
  execution.report.documents++
}

interface FoundJson {
  readonly documents: Iterable<ReadJson>
  /** What found it, for the report. */
  readonly by: object
  readonly describe: () => string
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

const sum = (counts: readonly (number | undefined)[]): number | undefined =>
  counts.reduce(
    (total, count) => (total === undefined || count === undefined ? undefined : total + count),
    0,
  )

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

const reading = (execution: Execution, by: object, describe: () => string): Read => {
  const {reads} = execution.report
  let read = reads.get(by)
  if (!read) reads.set(by, (read = {describe, times: 0, candidates: 0}))
  read.times++
  return read
}
