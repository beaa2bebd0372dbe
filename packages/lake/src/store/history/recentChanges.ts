import {PUBLISHED_LAYER, type Place} from '../indexes/values/place.ts'

/**
 * When documents of a type, or of one group, last changed: so that a cached answer can outlive
 * commits that do not concern it. Kept by layer, for an editor who types changes drafts all the
 * time and published documents hardly ever.
 */
export interface RecentChanges {
  /** A commit with this sequence wrote a document, of these types before and after. */
  note(place: Place, types: Iterable<string>, sequence: number): void
  /** Anything may have changed up to this sequence. */
  noteAll(sequence: number): void
  /**
   * Whether a document of the types or groups has changed after the sequence.
   * @param includeUnpublished False where drafts and versions cannot matter.
   */
  since(sequence: number, what: ChangedWhat, includeUnpublished: boolean): boolean
}

export interface ChangedWhat {
  /** Any document at all. */
  readonly everything: boolean
  readonly types: readonly string[]
  /** Published ids, each for all of its group. */
  readonly ids: readonly string[]
}

interface Changes {
  last: number
  readonly types: Map<string, number>
  readonly groups: Map<string, number>
}

/** Groups remembered; when there are more, all of them count as changed. */
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
