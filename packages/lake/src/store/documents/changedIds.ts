import type {RecentChanges} from '../history/recentChanges.ts'
import {PUBLISHED_LAYER, placeOf} from '../indexes/values/place.ts'

/** What the open transaction has changed so far, for when it ends well and for when it does not. */
export interface ChangedIds {
  add(id: string, type?: string): void
  /** Tells what readers' caches must know. */
  publish(recent: RecentChanges, sequence: number): void
  /** Every id whose cached document can no longer be trusted. */
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
      for (const [id, known] of types) recent.note(placeOf(id), known, sequence)
    },
    *affected() {
      for (const id of types.keys()) {
        yield id
        const {layer, group} = placeOf(id)
        // A draft that comes or goes changes how the published document beneath is marked.
        if (layer !== PUBLISHED_LAYER) yield group
      }
    },
  }
}
