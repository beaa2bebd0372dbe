/**
 * Room plan: how a filter finds its documents with the indexes of a source. This file: choosing the
 * access that reads the fewest documents.
 */
import type {Scope} from '../execution/execution.ts'
import type {Access, AccessPaths} from '../source/source.ts'
import {type Candidate, combineBounds} from './combineBounds.ts'
import type {AnyPaths, Term} from './predicates/term.ts'

/** The conditions of a filter in one execution. */
export interface Situation<Item> {
  readonly paths: AccessPaths<Item>
  /** Of every document that passes; undefined when it may be of any type. */
  readonly types: readonly string[] | undefined
  /** From the most selective kind to the least; without those that no index can serve. */
  readonly candidates: readonly Candidate[]
}

/** @returns 'empty' when no document can pass. */
export const assess = <Item>(
  paths: AccessPaths<Item>,
  typeTerm: Term | undefined,
  terms: readonly Term[],
  scope: Scope,
): Situation<Item> | 'empty' => {
  const types = typeTerm && typesIn(typeTerm.accesses(scope, undefined))
  if (types?.length === 0) return 'empty'
  const type = types?.length === 1 ? types[0] : undefined
  const candidates: Candidate[] = []
  for (const term of terms) {
    const accesses = term.accesses(scope, type)
    if (!accesses) continue
    if (accesses.length === 0) return 'empty'
    candidates.push({term, accesses})
    // Nothing can be better than a handful of documents by id.
    if (term.selectivity === 'id' || term.selectivity === 'versions') break
  }
  return {paths, types, candidates: combineBounds(candidates)}
}

const typesIn = (accesses: readonly Access[] | undefined): readonly string[] | undefined => {
  const first = accesses?.length === 1 ? accesses[0] : undefined
  return first ? typesOf(first) : accesses?.flatMap(typesOf)
}

/** The types that an access by type names. */
export const typesOf = (access: Access): readonly string[] =>
  access.by === 'type' ? access.types : []

export interface Choice<Item> {
  /** The condition that the accesses serve; undefined when it is the type. */
  readonly candidate?: Candidate
  readonly accesses: readonly Access[]
  /** What each of the accesses yields. */
  readonly sequences: readonly Iterable<Item>[]
}

/** The cheapest way to a superset of the documents that pass; undefined when only a scan is left. */
export const chooseAccess = <Item>({
  paths,
  types,
  candidates,
}: Situation<Item>): Choice<Item> | undefined => {
  for (const candidate of byCost(paths, candidates)) {
    const {accesses} = candidate
    const sequences = readAll(paths, accesses)
    if (sequences) return {candidate, accesses, sequences}
  }
  if (!types) return undefined
  const accesses: readonly Access[] = [{by: 'type', types}]
  const sequences = readAll(paths, accesses)
  return sequences && {accesses, sequences}
}

/** With this few documents, estimating another access costs more than it saves. */
const few = 16
const manyEnough = 100_000

const byCost = (
  paths: AccessPaths<unknown>,
  candidates: readonly Candidate[],
): readonly Candidate[] => {
  if (candidates.length < 2 || candidates[0]?.term.selectivity === 'id') return candidates
  const costs: {readonly candidate: Candidate; readonly cost: number}[] = []
  let least = manyEnough
  for (const candidate of candidates) {
    const cost = estimate(paths, candidate.accesses, least)
    if (cost === undefined) continue
    costs.push({candidate, cost})
    least = Math.min(least, cost)
    if (least <= few) break
  }
  if (least > few) learn(paths, candidates, costs.length)
  return costs.toSorted((a, b) => a.cost - b.cost).map(({candidate}) => candidate)
}

/** Requests what has no index yet: a source learns from that what to index. */
const learn = (
  paths: AccessPaths<unknown>,
  candidates: readonly Candidate[],
  estimated: number,
): void => {
  if (estimated === candidates.length) return
  for (const {accesses} of candidates) {
    if (estimate(paths, accesses, 1) === undefined) readAll(paths, accesses)
  }
}

/** About how many documents the accesses yield together; undefined where there is no index. */
export const estimate = (
  paths: AnyPaths,
  accesses: readonly Access[],
  atMost: number,
): number | undefined => {
  let total = 0
  for (const access of accesses) {
    const some = paths.estimate(access, atMost)
    if (some === undefined) return undefined
    total += some
  }
  return total
}

const readAll = <Item>(
  paths: AccessPaths<Item>,
  accesses: readonly Access[],
): readonly Iterable<Item>[] | undefined => {
  const sequences: Iterable<Item>[] = []
  for (const access of accesses) {
    const items = paths.read(access)
    if (!items) return undefined
    sequences.push(items)
  }
  return sequences
}
