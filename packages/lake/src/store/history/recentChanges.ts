/**
 * Remembers when documents of each type and group last changed, so that a cached query result stays
 * valid after commits that do not concern it. Published documents and drafts are kept apart: an
 * editor who types changes drafts all the time and published documents rarely.
 */
import {type IdParts, idPartsOf, PUBLISHED_LAYER} from '../documents/idParts.ts'

export interface RecentChanges {
  /** Notes that a commit wrote a document. @param types Its types before and after. */
  note(parts: IdParts, types: Iterable<string>, sequence: number): void
  /** Notes that any document may have changed up to this sequence. */
  noteAll(sequence: number): void
  /**
   * Whether a document of these types or groups has changed after the sequence.
   * @param includeUnpublished False to ignore drafts and versions.
   */
  since(sequence: number, what: ChangedWhat, includeUnpublished: boolean): boolean
}

export interface ChangedWhat {
  /** True for any document at all. */
  readonly everything: boolean
  readonly types: readonly string[]
  /** Published ids; each includes its draft and versions. */
  readonly ids: readonly string[]
}

interface Changes {
  last: number
  readonly types: Map<string, number>
  readonly groups: Map<string, number>
}

/** How many groups are remembered. When there are more, all count as changed. */
const MAX_GROUPS = 50_000

export const createRecentChanges = (sequence: number): RecentChanges => {
  let everything = sequence
  const published: Changes = {last: 0, types: new Map(), groups: new Map()}
  const unpublished: Changes = {last: 0, types: new Map(), groups: new Map()}

  const hasChanged = (
    changes: Changes,
    since: number,
    {everything: all, types, ids}: ChangedWhat,
  ): boolean =>
    changes.last > since &&
    (all ||
      types.some((type) => (changes.types.get(type) ?? 0) > since) ||
      ids.some((id) => (changes.groups.get(id) ?? 0) > since))

  return {
    note({layer, group}, types, at) {
      const changes = layer === PUBLISHED_LAYER ? published : unpublished
      changes.last = at
      for (const type of types) changes.types.set(type, at)
      if (changes.groups.size >= MAX_GROUPS) {
        changes.groups.clear()
        everything = at
      }
      changes.groups.set(group, at)
    },
    noteAll(at) {
      everything = at
    },
    since: (since, what, includeUnpublished) =>
      everything > since ||
      hasChanged(published, since, what) ||
      (includeUnpublished && hasChanged(unpublished, since, what)),
  }
}

/** The documents that the open transaction has changed, for use when it commits or fails. */
export interface ChangedIds {
  add(id: string, type?: string): void
  /** After the commit: notes the changes in `recent`. */
  publish(recent: RecentChanges, sequence: number): void
  /** After a failure: the ids whose cached documents are no longer valid. */
  affected(): Iterable<string>
}

export const createChangedIds = (): ChangedIds => {
  const types = new Map<string, Set<string>>()
  return {
    add(id, type) {
      const known = types.get(id) ?? new Set()
      if (type !== undefined) known.add(type)
      types.set(id, known)
    },
    publish(recent, sequence) {
      for (const [id, known] of types) recent.note(idPartsOf(id), known, sequence)
    },
    *affected() {
      for (const id of types.keys()) {
        yield id
        const {layer, group} = idPartsOf(id)
        // A draft that appears or disappears changes the mark of the published document.
        if (layer !== PUBLISHED_LAYER) yield group
      }
    },
  }
}
