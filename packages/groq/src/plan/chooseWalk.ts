/** Decides whether to read documents in the order of an index, or to sort them. */
import type {DocumentOrder, Test} from '../execution/compiler.ts'
import type {OrderedWalk} from '../source/source.ts'
import {estimate} from './chooseAccess.ts'
import type {Situation} from './chooseAccess.ts'
import type {Candidate} from './combineBounds.ts'
import type {FilterPlan} from './planFilter.ts'

/** Documents in order, from an index that keeps them so. */
export interface WalkChoice<Item> {
  readonly walk: OrderedWalk
  /** What the walk yields. */
  readonly items: Iterable<Item>
  /** The test that is left for them; undefined when the index decides everything. */
  readonly passes: Test | undefined
}

/** Sorting this few documents costs less than estimating what a walk would pass over. */
const cheaplySorted = 64
/** A walk merges the lists of several types, or of what refers to any of several documents. */
const mostLists = 12

/**
 * Whether to walk in order and stop early, or to read what the conditions name and sort it
 * (undefined). The walk passes over documents that fail: with one in k passing, `limit * k`.
 * Where none can fail, it also leaves out those that the order skips.
 */
export const chooseWalk = <Item>(
  plan: FilterPlan,
  situation: Situation<Item>,
  order: DocumentOrder,
): WalkChoice<Item> | undefined => {
  const {paths, types = [], candidates} = situation
  const [first] = candidates
  if (types.length === 0 || isHandful(first)) return undefined
  const {path, direction, skip = 0} = order
  const bounded = candidates.find((candidate) => boundsOn(path, candidate))
  const within = bounded && boundsOn(path, bounded)

  const read = (reference?: Candidate): WalkChoice<Item> | undefined => {
    const refersTo = reference && targetsOf(reference)
    if (types.length * (refersTo?.length ?? 1) > mostLists) return undefined
    const kept = [bounded, reference].filter((candidate) => candidate !== undefined)
    const passes = plan.residue(paths, kept, true)
    const walk: OrderedWalk = {
      types,
      path,
      direction,
      ...(within && {within}),
      ...(refersTo && {refersTo}),
      ...(skip > 0 && !passes && {skip}),
    }
    const items = paths.ordered(walk)
    return items && {walk, items, passes}
  }

  const reference = candidates.find((candidate) => targetsOf(candidate).length > 0)
  const referring = reference && read(reference)
  if (referring) return referring
  const others = candidates.filter((candidate) => !boundsOn(path, candidate))
  if (others.length > 0 && isBetterSorted(situation, others, order.limit)) return undefined
  return read()
}

const isHandful = (candidate: Candidate | undefined): boolean =>
  candidate?.term.selectivity === 'id' || candidate?.term.selectivity === 'versions'

const isBetterSorted = (
  {paths, types = []}: Situation<unknown>,
  candidates: readonly Candidate[],
  limit: number,
): boolean => {
  const total = types.reduce((sum, type) => sum + (paths.count(type) ?? Infinity), 0)
  // With n of all documents passing, a walk reads limit * total / n of them, and never more than
  // all; a sort reads n, holds them, and sorts them: it must read half as many to be better.
  const mostSorted = Math.max(cheaplySorted, Math.min(total / 2, Math.sqrt((limit * total) / 2)))
  return candidates.some(({accesses}) => {
    const found = estimate(paths, accesses, Math.ceil(mostSorted) + 1)
    return found !== undefined && found <= mostSorted
  })
}

/** The documents to any of which all must refer, where that is the condition. */
const targetsOf = ({accesses}: Candidate): readonly string[] => {
  const [access] = accesses
  return accesses.length === 1 && access?.by === 'reference' ? access.to : []
}

/** The bounds that a condition sets for the value which orders the walk. */
const boundsOn = (path: string, {accesses}: Candidate): OrderedWalk['within'] => {
  const [access] = accesses
  if (accesses.length !== 1 || !access) return undefined
  if (access.by === 'range' && access.path === path) return access.range
  return access.by === 'defined' && access.path === path ? 'defined' : undefined
}
