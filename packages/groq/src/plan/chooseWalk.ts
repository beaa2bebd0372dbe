/** Decides whether to read documents in the order of an index, or to sort them. */
import type {DocumentOrder} from '../execution/compiler.ts'
import type {AccessPaths, OrderedWalk} from '../source/source.ts'
import {estimate} from './chooseAccess.ts'
import type {Situation} from './chooseAccess.ts'
import type {Candidate} from './combineBounds.ts'

/** Documents in order, from an index that keeps them so. */
export interface WalkChoice<Item> {
  readonly walks: readonly OrderedWalk[]
  /** What each of the walks yields. */
  readonly sequences: readonly Iterable<Item>[]
  /** The condition that the walks keep by themselves. */
  readonly keeps?: Candidate
}

/** Sorting this few documents costs less than estimating what a walk would pass over. */
const cheaplySorted = 64
/** Walks over several types, or over what refers to any of several documents, are merged. */
const mostWalks = 12

/**
 * Whether to walk in order and stop early, or to read what the conditions name and sort it
 * (undefined). The walk passes over documents that fail: with one in k passing, `limit * k`.
 */
export const chooseWalk = <Item>(
  situation: Situation<Item>,
  order: DocumentOrder,
): WalkChoice<Item> | undefined => {
  const {paths, types = [], candidates} = situation
  const [first] = candidates
  if (types.length === 0 || isHandful(first)) return undefined
  const within = candidates.map((candidate) => boundsOn(order.path, candidate)).find(Boolean)
  const {path, direction} = order
  const walks = types.map((type) => ({
    type,
    path,
    direction,
    ...(within && {within}),
  }))

  const reference = candidates.find((candidate) => targetsOf(candidate).length > 0)
  if (reference) {
    const referring = walks.flatMap((walk) =>
      targetsOf(reference).map((refersTo) => ({...walk, refersTo})),
    )
    const sequences = readAll(paths, referring)
    if (sequences) return {walks: referring, sequences, keeps: reference}
  }
  const others = candidates.filter((candidate) => !boundsOn(path, candidate))
  if (others.length > 0 && isBetterSorted(situation, others, order.limit)) return undefined
  const sequences = readAll(paths, walks)
  return sequences && {walks, sequences}
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

const readAll = <Item>(
  paths: AccessPaths<Item>,
  walks: readonly OrderedWalk[],
): readonly Iterable<Item>[] | undefined => {
  if (walks.length > mostWalks) return undefined
  // Requests all, even if one is missing: a source learns from that what to index.
  const asked = walks.map((walk) => paths.ordered(walk))
  const sequences = asked.filter((execution) => execution !== undefined)
  return sequences.length === walks.length ? sequences : undefined
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
