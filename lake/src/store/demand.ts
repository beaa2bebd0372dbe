import {type ShapeName, shapeKey} from './shapes.ts'

/** Which indexes readers have used, and which they have missed and what that cost. */
export interface Demand {
  /** @param documents How many documents the reader has to read instead, about. */
  miss(name: ShapeName, documents: number): void
  use(shape: number): void
  missed(): readonly Miss[]
  used(): readonly number[]
  /** Forgets one miss: its index is being built. */
  forget(name: ShapeName): void
  forgetUse(): void
}

export interface Miss {
  readonly name: ShapeName
  /** Documents read for want of the index. */
  readonly documents: number
}

/** Misses remembered at once: some queries are odd, and come once. */
const MAX_MISSED = 1000

export const createDemand = (): Demand => {
  const missed = new Map<string, {name: ShapeName; documents: number}>()
  const used = new Set<number>()
  return {
    miss(name, documents) {
      const key = shapeKey(name)
      const entry = missed.get(key)
      if (entry) entry.documents += documents
      else if (missed.size < MAX_MISSED) missed.set(key, {name, documents})
    },
    use: (shape) => void used.add(shape),
    missed: () => [...missed.values()],
    used: () => [...used],
    forget: (name) => void missed.delete(shapeKey(name)),
    forgetUse: () => used.clear(),
  }
}
