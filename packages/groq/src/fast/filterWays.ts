/**
 * Room fast: the optimisations that offer another way to a result, each of which can be switched off
 * (`execution/optimisations.ts`). This file: `*[conditions]` in the order of an index, as stored JSON,
 * or only counted.
 */
import type {Compiler, DocumentOrder, EachJson, FastWays} from '../execution/compiler.ts'
import {assess, chooseAccess, type Situation, typesOf} from '../plan/chooseAccess.ts'
import {chooseWalk} from '../plan/chooseWalk.ts'
import {describeAccesses, describeWalk} from '../plan/describe.ts'
import {type FilterPlan, residueOf} from '../plan/planFilter.ts'
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
    const choice = situation && chooseWalk(plan, situation, order)
    if (!choice) return false
    const {walk, items, passes} = choice
    const read = reading(scope.execution, plan.each, () => describeWalk(walk))
    let left = (order.skip ?? 0) - (walk.skip ?? 0)
    visitAll(element, items, read, passes, (document) => left-- > 0 || visit(document))
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
  (scope, skip, visit, order) => {
    const {execution} = scope
    const {json: paths} = execution.source
    const {typeTerm, otherTerms} = plan
    const situation = paths && assess(paths, typeTerm, otherTerms, compiler.nest(scope, null))
    if (situation === 'empty') return true
    const found =
      situation && (order ? walkJson(plan, situation, {...order, skip}) : findJson(plan, situation))
    if (!found) return false
    const read = reading(execution, found.by, found.describe)
    let left = order ? 0 : skip
    for (const document of found.documents) {
      note(execution, read)
      if (left-- <= 0 && !visit(document)) break
    }
    return true
  }

/** Merging compares documents, so it must parse them. */
const findJson = (plan: FilterPlan, situation: Situation<ReadJson>): FoundJson | undefined => {
  const choice = chooseAccess(situation)
  if (choice?.sequences.length !== 1) return undefined
  const {sequences, accesses, candidate} = choice
  if (residueOf(plan, situation.paths, choice)) return undefined
  return {
    documents: sequences[0] ?? [],
    by: candidate?.term ?? plan.typeTerm ?? plan,
    describe: () => describeAccesses(accesses),
  }
}

const walkJson = (
  plan: FilterPlan,
  situation: Situation<ReadJson>,
  order: DocumentOrder,
): FoundJson | undefined => {
  const choice = chooseWalk(plan, situation, order)
  if (!choice || choice.passes) return undefined
  const {walk, items} = choice
  return {documents: items, by: plan.each, describe: () => describeWalk(walk)}
}
