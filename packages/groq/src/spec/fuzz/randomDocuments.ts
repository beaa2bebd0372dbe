/** Random documents, in which few ids and values repeat often. */
import type {Json, JsonObject, StoredDocument} from '../../core/document.ts'
import type {Random} from './random.ts'

/**
 * Small datasets in which everything collides: few ids, few values, values of every type under
 * every name, references to what exists and what does not, drafts and versions of everything.
 */

export const names = ['a', 'b', 'c', 'n', 's'] as const
export const ids = ['p1', 'p2', 'p3', 'p4', 'p5', 'p6', 'p7', 'p8', 'p9'] as const
export const types = ['article', 'author', 'topic'] as const
export const releases = ['rA', 'rB'] as const
export const words = [
  'apple',
  'Apple',
  'pear',
  'apple pie',
  'pear-apple',
  'zebra',
  'é',
  '',
] as const
export const dates = [
  '2024-02-29T00:00:00Z',
  '2024-02-29T12:30:00.500Z',
  '2024-03-01T01:00:00+02:00',
  '2024-03-01T01:00:00-11:00',
  '2025-01-01T00:00:00Z',
] as const

const scalar = (random: Random): Json =>
  random.pick<() => Json>([
    () => null,
    () => random.chance(0.5),
    () => random.pick([0, 1, 2, 3, -1, 1.5, 1e21]),
    () => random.pick(words),
    () => random.pick(dates),
    () => random.pick(ids),
  ])()

const reference = (random: Random): JsonObject => ({
  _type: 'reference',
  _ref: random.chance(0.9) ? random.pick(ids) : 'nowhere',
  ...(random.chance(0.2) && {_weak: true}),
})

const block = (random: Random): JsonObject => ({
  _type: 'block',
  children: random.list(0, 3, () => ({_type: 'span', text: random.pick(words)})),
})

const value = (random: Random, depth: number): Json => {
  if (depth === 0 || random.chance(0.6)) return scalar(random)
  return random.pick<() => Json>([
    () => reference(random),
    () => random.list(0, 3, () => value(random, depth - 1)),
    () => random.list(0, 3, () => ({...reference(random), k: scalar(random)})),
    () => fields(random, depth - 1),
  ])()
}

const fields = (random: Random, depth: number): JsonObject =>
  Object.fromEntries(
    names.flatMap((name) => (random.chance(0.4) ? [[name, value(random, depth)]] : [])),
  )

const document = (random: Random, id: string): StoredDocument => ({
  _id: id,
  _type: random.pick(types),
  _rev: 'r',
  _createdAt: random.pick(dates),
  _updatedAt: random.pick(dates),
  ...fields(random, 2),
  ...(random.chance(0.6) && {slug: {current: random.pick(words)}}),
  ...(random.chance(0.6) && {date: random.pick(dates)}),
  ...(random.chance(0.6) && {author: reference(random)}),
  ...(random.chance(0.6) && {topics: random.list(0, 3, () => reference(random))}),
  ...(random.chance(0.6) && {tags: random.list(0, 3, () => random.pick(words))}),
  ...(random.chance(0.5) && {body: random.list(0, 2, () => block(random))}),
})

/** Published documents, some of their drafts and versions, and private ones; each id once, in no order. */
export const randomDocuments = (random: Random, withVersions: boolean): StoredDocument[] => {
  const stored = ids.flatMap((id) => {
    const versions = withVersions
      ? [`drafts.${id}`, `x.${id}`, ...releases.map((release) => `versions.${release}.${id}`)]
      : []
    return [...(random.chance(0.8) ? [id] : []), ...versions.filter(() => random.chance(0.3))]
  })
  return stored.map((id) => document(random, id))
}
