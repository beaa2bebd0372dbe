import type {StoredDocument} from '../../document.ts'
import type {DocumentOrder} from '../compile/compiler.ts'
import type {Access, OrderedWalk} from '../source.ts'
import {estimate} from './chooseAccess.ts'
import type {Candidate, Situation} from './chooseAccess.ts'

/** Documents in order, from an index that keeps them so. */
export interface WalkChoice {
  readonly walk: OrderedWalk
  readonly documents: Iterable<StoredDocument>
  /** The condition that the walk keeps by itself. */
  readonly keeps?: Candidate
}

/** Sorting so few documents costs less than asking how many a walk would pass over. */
const cheaplySorted = 64

/**
 * Whether to walk in order and stop early, or to read what the conditions name and sort it
 * (undefined). The walk passes over documents that fail: with one in k passing, `limit * k`.
 */
export const chooseWalk = (
  {paths, types, candidates}: Situation,
  {path, direction, limit}: DocumentOrder,
): WalkChoice | undefined => {
  const type = types?.length === 1 ? types[0] : undefined
  const [first] = candidates
  if (type === undefined || first?.term.selectivity === 'id') return undefined
  if (first?.term.selectivity === 'versions') return undefined
  const within = candidates.map((candidate) => boundsOn(path, candidate)).find(Boolean)
  const base: OrderedWalk = {type, path, direction, ...(within && {within})}
  const reference = candidates.find((candidate) => targetOf(candidate) !== undefined)
  const refersTo = reference && targetOf(reference)
  if (reference && refersTo !== undefined) {
    const walk = {...base, refersTo}
    const documents = paths.ordered(walk)
    if (documents) return {walk, documents, keeps: reference}
  }
  const others = candidates.filter((candidate) => boundsOn(path, candidate) === undefined)
  if (others.length > 0) {
    const total = paths.count(type) ?? Infinity
    const fewest = Math.min(...others.map(({accesses}) => countOf(accesses, total)))
    if (fewest <= cheaplySorted || fewest * fewest <= limit * total) return undefined
  }
  const documents = paths.ordered(base)
  return documents && {walk: base, documents}

  function countOf(accesses: readonly Access[], total: number): number {
    const most = Math.min(total, Math.ceil(Math.sqrt(limit * total)) + cheaplySorted)
    return estimate(paths, accesses, most) ?? Infinity
  }
}

/** The one document that all must refer to, where that is the condition. */
const targetOf = ({accesses}: Candidate): string | undefined => {
  const [access] = accesses
  if (accesses.length !== 1 || access?.by !== 'reference' || access.to.length !== 1)
    return undefined
  return access.to[0]
}

/** What a condition says of the value that the walk goes by. */
const boundsOn = (path: string, {accesses}: Candidate): OrderedWalk['within'] => {
  const [access] = accesses
  if (accesses.length !== 1 || !access) return undefined
  if (access.by === 'range' && access.path === path) return access.range
  return access.by === 'defined' && access.path === path ? 'defined' : undefined
}
