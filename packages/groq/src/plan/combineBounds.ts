/** Combines conditions on one path into one range. */
import type {Access, ValueRange} from '../source/source.ts'
import {partialCompare} from '../values/compare.ts'
import type {Term} from './predicates/term.ts'

/** A term with its accesses for the values of this execution. */
export interface Candidate {
  readonly term: Term
  readonly accesses: readonly Access[]
  /** Other terms that take part in the accesses, or that follow from them. */
  readonly others?: readonly Term[]
}

type PathAccess = Extract<Access, {by: 'range' | 'defined' | 'value'}>

/**
 * Conditions on one path as one: `path >= a && path < b` is a single range, and what has a value
 * or lies in a range is defined anyway.
 */
export const combineBounds = (candidates: readonly Candidate[]): readonly Candidate[] => {
  if (candidates.length < 2) return candidates
  if (candidates.filter((candidate) => pathAccess(candidate)).length < 2) return candidates
  const kept: Candidate[] = []
  const ranges = new Map<
    string,
    {readonly candidate: Candidate; range: ValueRange; readonly others: Term[]}
  >()
  for (const candidate of candidates) {
    const access = pathAccess(candidate)
    if (access?.by !== 'range') {
      kept.push(candidate)
      continue
    }
    const known = ranges.get(access.path)
    if (!known) {
      ranges.set(access.path, {candidate, range: access.range, others: []})
    } else if (typeOf(known.range) === typeOf(access.range)) {
      known.range = intersect(known.range, access.range)
      known.others.push(candidate.term)
    }
    // Bounds of different types exclude each other, so either finds enough.
  }
  for (const [path, {candidate, range, others}] of ranges) {
    const access = pathAccess(candidate)
    if (access) {
      const {type} = access
      kept.push({
        term: candidate.term,
        accesses: [{by: 'range', path, range, ...(type !== undefined && {type})}],
        others,
      })
    }
  }
  return withoutImplied(kept)
}

/** Without `defined()` where another condition on the path says as much. */
const withoutImplied = (candidates: readonly Candidate[]): readonly Candidate[] => {
  const implied = candidates.filter((candidate) => isImplied(candidate, candidates))
  if (implied.length === 0) return candidates
  return candidates
    .filter((candidate) => !implied.includes(candidate))
    .map((candidate) => {
      const follow = implied.filter((other) => isImplied(other, [candidate]))
      return {...candidate, others: [...(candidate.others ?? []), ...follow.map(({term}) => term)]}
    })
}

const pathAccess = ({accesses}: Candidate): PathAccess | undefined => {
  const [access] = accesses
  if (accesses.length !== 1 || !access) return undefined
  return access.by === 'range' || access.by === 'defined' || access.by === 'value'
    ? access
    : undefined
}

const isImplied = (candidate: Candidate, others: readonly Candidate[]): boolean => {
  const access = pathAccess(candidate)
  if (access?.by !== 'defined') return false
  return others.some((other) => {
    const stronger = pathAccess(other)
    if (stronger?.path !== access.path) return false
    return stronger.by === 'range' || (stronger.by === 'value' && !stronger.values.includes(null))
  })
}

const typeOf = ({from, to}: ValueRange): string => typeof (from ?? to)

/** The narrower of each bound, of two ranges of one type. */
const intersect = (a: ValueRange, b: ValueRange): ValueRange => {
  const lower = tighter(a.from, a.fromInclusive, b.from, b.fromInclusive, 1)
  const upper = tighter(a.to, a.toInclusive, b.to, b.toInclusive, -1)
  return {
    ...(lower.bound !== undefined && {from: lower.bound}),
    ...(upper.bound !== undefined && {to: upper.bound}),
    fromInclusive: lower.inclusive,
    toInclusive: upper.inclusive,
  }
}

type Bound = string | number | undefined

/** @param sign 1 where the greater bound is the tighter one, -1 where the less is. */
const tighter = (
  a: Bound,
  aInclusive: boolean,
  b: Bound,
  bInclusive: boolean,
  sign: 1 | -1,
): {readonly bound: Bound; readonly inclusive: boolean} => {
  if (b === undefined) return {bound: a, inclusive: aInclusive}
  if (a === undefined) return {bound: b, inclusive: bInclusive}
  const order = (partialCompare(a, b) ?? 0) * sign
  if (order === 0) return {bound: a, inclusive: aInclusive && bInclusive}
  return order > 0 ? {bound: a, inclusive: aInclusive} : {bound: b, inclusive: bInclusive}
}
