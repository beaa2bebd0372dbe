/** Combines conditions on one path into one range. */
import type {Access, ValueRange} from '../source/source.ts'
import {partialCompare} from '../values/compare.ts'
import type {Term} from './predicates/term.ts'

/** A term with its accesses for the values of this execution. */
export interface Candidate {
  readonly term: Term
  readonly accesses: readonly Access[]
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
  const ranges = new Map<string, {readonly candidate: Candidate; range: ValueRange}>()
  for (const candidate of candidates) {
    const access = pathAccess(candidate)
    if (access?.by !== 'range') {
      kept.push(candidate)
      continue
    }
    const known = ranges.get(access.path)
    if (known) known.range = intersect(known.range, access.range)
    else ranges.set(access.path, {candidate, range: access.range})
  }
  for (const [path, {candidate, range}] of ranges) {
    const access = pathAccess(candidate)
    if (access) {
      const {type} = access
      kept.push({
        term: candidate.term,
        accesses: [{by: 'range', path, range, ...(type !== undefined && {type})}],
      })
    }
  }
  return kept.filter((candidate) => !isImplied(candidate, kept))
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

/** The narrower of each bound. Bounds of different types exclude each other: either will do. */
const intersect = (a: ValueRange, b: ValueRange): ValueRange => {
  if (typeof (a.from ?? a.to) !== typeof (b.from ?? b.to)) return a
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
