/**
 * Room fast: the optimisations that offer another way to a result, each of which can be switched off
 * (`execution/optimisations.ts`). This file: `*[conditions]` in the order of an index, as stored JSON,
 * or only counted.
 */
import type {Compiler, DocumentOrder, EachJson, FastWays} from '../execution/compiler.ts'
import {assess, chooseAccess, type Situation, typesOf} from '../plan/chooseAccess.ts'
import {chooseWalk} from '../plan/chooseWalk.ts'
import {describeAccesses, describeWalks} from '../plan/describe.ts'
import {byPath, mergeDocuments} from '../plan/mergeDocuments.ts'
import type {FilterPlan} from '../plan/planFilter.ts'
import {note, reading, visitAll} from '../plan/visitDocuments.ts'
import type {ReadJson} from '../source/source.ts'

/** What the compiler may do with a filter over everything, besides visiting what passes. */
export const filterWays = (plan: FilterPlan, compiler: Compiler): FastWays => {
  const {optimisations} = compiler
  return {
    ...(optimisations.has('idOrder') && {inIdOrder: true}),
    ...(optimisations.has('orderedWalk') && {ordered: orderedOf(plan, compiler)}),
    ...(optimisations.has('indexCount') && {count: countOf(plan, compiler)}),
    ...(optimisations.has('storedJson') && isExact(plan) && {json: jsonOf(plan, compiler)}),
  }
}

const orderedOf =
  (plan: FilterPlan, compiler: Compiler): NonNullable<FastWays['ordered']> =>
  (scope, order, visit) => {
    const {access} = scope.execution.source
    const element = compiler.nest(scope, null)
    const situation = access && assess(access, plan.typeTerm, plan.otherTerms, element)
    if (situation === 'empty') return true
    const choice = situation && chooseWalk(situation, order)
    if (!situation || !choice) return false
    const {walks, sequences, keeps} = choice
    const read = reading(scope.execution, plan.each, () => describeWalks(walks))
    const documents = mergeDocuments(sequences, byPath(order.path, order.direction))
    const passes = plan.residueWithinType(situation.paths, keeps?.term, keeps?.accesses ?? [])
    visitAll(element, documents, read, passes, visit)
    return true
  }

const countOf =
  (plan: FilterPlan, compiler: Compiler): NonNullable<FastWays['count']> =>
  (scope) => {
    const {access} = scope.execution.source
    const {typeTerm, knowsEveryCondition} = plan
    const [other, ...more] = plan.otherTerms
    if (!access || more.length > 0 || !knowsEveryCondition) return undefined
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
  }

const sum = (counts: readonly (number | undefined)[]): number | undefined =>
  counts.reduce(
    (total, count) => (total === undefined || count === undefined ? undefined : total + count),
    0,
  )

/** One condition at most besides the type, and an index may answer it exactly. */
const isExact = ({otherTerms, knowsEveryCondition}: FilterPlan): boolean =>
  otherTerms.length < 2 && otherTerms.every((term) => term.isExact) && knowsEveryCondition

interface FoundJson {
  readonly documents: Iterable<ReadJson>
  /** What found it, for the report. */
  readonly by: object
  readonly describe: () => string
}

/** Where no condition is left to test, documents can be part of the result without being parsed. */
const jsonOf =
  (plan: FilterPlan, compiler: Compiler): EachJson =>
  (scope, visit, order) => {
    const {execution} = scope
    const {json: paths} = execution.source
    const {typeTerm, otherTerms} = plan
    const situation = paths && assess(paths, typeTerm, otherTerms, compiler.nest(scope, null))
    if (situation === 'empty') return true
    const found =
      situation && (order ? walkJson(plan, situation, order) : findJson(plan, situation))
    if (!found) return false
    const read = reading(execution, found.by, found.describe)
    for (const document of found.documents) {
      note(execution, read)
      if (!visit(document)) break
    }
    return true
  }

/** Merging compares documents, so it must parse them. */
const findJson = (plan: FilterPlan, situation: Situation<ReadJson>): FoundJson | undefined => {
  const choice = chooseAccess(situation)
  if (choice?.sequences.length !== 1) return undefined
  const {sequences, accesses, term = plan.typeTerm} = choice
  if (plan.residue(situation.paths, term, accesses)) return undefined
  return {
    documents: sequences[0] ?? [],
    by: term ?? plan,
    describe: () => describeAccesses(accesses),
  }
}

const walkJson = (
  plan: FilterPlan,
  situation: Situation<ReadJson>,
  order: DocumentOrder,
): FoundJson | undefined => {
  const choice = chooseWalk(situation, order)
  if (choice?.sequences.length !== 1) return undefined
  const {walks, sequences, keeps} = choice
  if (plan.residueWithinType(situation.paths, keeps?.term, keeps?.accesses ?? [])) return undefined
  return {documents: sequences[0] ?? [], by: plan.each, describe: () => describeWalks(walks)}
}
