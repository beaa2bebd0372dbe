import type {StoredDocument} from '../../../core/document.ts'
import type {Shown} from '../../caches/documentCache.ts'
import type {Connection} from '../../file/connection.ts'
import {type References, referencesOf} from '../references.ts'
import {type Key, keysOf} from '../values/keyValues.ts'
import type {Place} from '../values/place.ts'
import type {Shape, Shapes} from '../values/shapes.ts'
import type {Terms} from './terms.ts'

/** What the indexes say about one document. */
interface Entry {
  readonly type: string
  readonly hidden: boolean
  readonly references: References
  readonly keys: ReadonlyMap<Shape, readonly Key[]>
}

/**
 * Keeps `reference`, `key` and `reference_key` in step with the documents. A change writes only
 * the rows that differ: an edit of a headline leaves the references alone.
 */
export interface Postings {
  /** @param before The document as it was, with how it was shown; undefined when it is new. */
  update(place: Place, before: Shown | undefined, after: Shown | undefined): void
  /** Adds the rows of one shape for a document: how an index is built. */
  addShape(place: Place, shown: Shown, shape: Shape): void
}

export const createPostings = (connection: Connection, terms: Terms, shapes: Shapes): Postings => {
  const entryOf = ({document, hidden}: Shown): Entry => ({
    type: document._type,
    hidden,
    references: referencesOf(document),
    keys: new Map(
      shapes.ofType(document._type).map((shape) => [shape, keysFor(document, shape)] as const),
    ),
  })

  const removeReference = ({layer, group}: Place, type: string, target: number): void => {
    connection.run(
      'DELETE FROM reference WHERE target = ? AND type = ? AND layer = ? AND grp = ?',
      target,
      type,
      layer,
      group,
    )
  }

  const addReference = (
    {layer, group}: Place,
    {type, hidden}: Entry,
    target: number,
    strong: boolean,
  ): void => {
    connection.run(
      'REPLACE INTO reference (target, type, layer, grp, hidden, strong) VALUES (?, ?, ?, ?, ?, ?)',
      target,
      type,
      layer,
      group,
      Number(hidden),
      Number(strong),
    )
  }

  const updateReferences = (place: Place, before?: Entry, after?: Entry): void => {
    const keep = before?.type === after?.type && before?.hidden === after?.hidden
    if (before) {
      for (const target of before.references.targets.keys()) {
        if (after?.type === before.type && after.references.targets.has(target)) continue
        removeReference(place, before.type, terms.intern(target))
      }
    }
    if (after) {
      for (const [target, strong] of after.references.targets) {
        if (keep && before?.references.targets.get(target) === strong) continue
        addReference(place, after, terms.intern(target), strong)
      }
    }
  }

  const removeKey = ({layer, group}: Place, shape: Shape, key: Key): void => {
    connection.run(
      'DELETE FROM key WHERE shape = ? AND layer = ? AND value = ? AND grp = ?',
      shape.number,
      layer,
      key,
      group,
    )
  }

  const addKey = ({layer, group}: Place, shape: Shape, key: Key, hidden: boolean): void => {
    connection.run(
      'REPLACE INTO key (shape, layer, value, grp, hidden) VALUES (?, ?, ?, ?, ?)',
      shape.number,
      layer,
      key,
      group,
      Number(hidden),
    )
  }

  const removeReferenceKey = (place: Place, shape: Shape, key: Key, target: number): void => {
    connection.run(
      `DELETE FROM reference_key
       WHERE shape = ? AND target = ? AND layer = ? AND value = ? AND grp = ?`,
      shape.number,
      target,
      place.layer,
      key,
      place.group,
    )
  }

  const addReferenceKey = (
    {layer, group}: Place,
    shape: Shape,
    key: Key,
    target: number,
    hidden: boolean,
  ): void => {
    connection.run(
      `REPLACE INTO reference_key (shape, target, layer, value, grp, hidden)
       VALUES (?, ?, ?, ?, ?, ?)`,
      shape.number,
      target,
      layer,
      key,
      group,
      Number(hidden),
    )
  }

  const removeKeys = (place: Place, entry: Entry, shape: Shape, key: Key): void => {
    if (!shape.byReference) return removeKey(place, shape, key)
    for (const target of entry.references.targets.keys()) {
      removeReferenceKey(place, shape, key, terms.intern(target))
    }
  }

  const addKeys = (place: Place, entry: Entry, shape: Shape, key: Key): void => {
    if (!shape.byReference) return addKey(place, shape, key, entry.hidden)
    for (const target of entry.references.targets.keys()) {
      addReferenceKey(place, shape, key, terms.intern(target), entry.hidden)
    }
  }

  const updateKeys = (place: Place, before?: Entry, after?: Entry): void => {
    const sameTargets = haveSameTargets(before, after)
    const isKept = (shape: Shape, key: Key, other: Entry | undefined): boolean =>
      before?.hidden === after?.hidden &&
      (sameTargets || !shape.byReference) &&
      (other?.keys.get(shape)?.includes(key) ?? false)
    if (before) {
      for (const [shape, keys] of before.keys) {
        for (const key of keys)
          if (!isKept(shape, key, after)) removeKeys(place, before, shape, key)
      }
    }
    if (after) {
      for (const [shape, keys] of after.keys) {
        for (const key of keys) if (!isKept(shape, key, before)) addKeys(place, after, shape, key)
      }
    }
  }

  /** Counts documents that the planner must know of before it relies on what is common. */
  const updateOddities = (before?: Shown, after?: Shown): void => {
    for (const [name, isOdd] of ODDITIES) {
      const difference =
        Number(after ? isOdd(after.document) : 0) - Number(before ? isOdd(before.document) : 0)
      if (difference === 0) continue
      connection.run(
        `INSERT INTO meta (name, value) VALUES (?1, ?2)
         ON CONFLICT DO UPDATE SET value = value + ?2`,
        name,
        difference,
      )
    }
  }

  return {
    update(place, before, after) {
      updateOddities(before, after)
      const was = before && entryOf(before)
      const is = after && entryOf(after)
      updateReferences(place, was, is)
      updateKeys(place, was, is)
    },
    addShape(place, shown, shape) {
      const entry = entryOf(shown)
      for (const key of keysFor(shown.document, shape)) addKeys(place, entry, shape, key)
    },
  }
}

/** Names in `meta` of what is counted, and what makes a document count. */
export const IRREGULAR_REFERENCES = 'irregular_references'
export const OWN_SCORES = 'own_scores'

export const ODDITIES: readonly (readonly [string, (document: StoredDocument) => boolean])[] = [
  [IRREGULAR_REFERENCES, (document) => referencesOf(document).irregular],
  [OWN_SCORES, (document) => Object.hasOwn(document, '_score')],
]

/** An index of any type answers equality only, so it leaves out what is no scalar. */
export const keysFor = (document: StoredDocument, shape: Shape): readonly Key[] => {
  const keys = keysOf(document, shape.keyPath)
  return shape.type === ''
    ? keys.filter((key) => !(key instanceof Uint8Array && Number(key[0]) > 1))
    : keys
}

const haveSameTargets = (before: Entry | undefined, after: Entry | undefined): boolean => {
  if (!before || !after) return false
  const {targets} = before.references
  if (targets.size !== after.references.targets.size) return false
  for (const target of targets.keys()) if (!after.references.targets.has(target)) return false
  return true
}
