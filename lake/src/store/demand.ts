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
  /** Forgets one miss and never notes it again: no index would help. */
  refuse(name: ShapeName): void
  /** All misses and uses, which are then forgotten here: for another thread to act on. */
  take(): DemandReport
  add(report: DemandReport): void
  forgetUse(): void
}

export interface DemandReport {
  readonly missed: readonly Miss[]
  readonly used: readonly number[]
}

export interface Miss {
  readonly name: ShapeName
  /** Documents read for want of the index. */
  readonly documents: number
}

/** Misses remembered at once: some queries are odd, and come once. */
const MAX_MISSED = 200

export const createDemand = (): Demand => {
  const missed = new Map<string, {name: ShapeName; documents: number}>()
  const used = new Set<number>()
  const refused = new Set<string>()

  const miss = (name: ShapeName, documents: number): void => {
    const key = shapeKey(name)
    const entry = missed.get(key)
    if (entry) entry.documents += documents
    else if (missed.size < MAX_MISSED && !refused.has(key)) missed.set(key, {name, documents})
  }

  return {
    miss,
    use: (shape) => void used.add(shape),
    missed: () => [...missed.values()],
    used: () => [...used],
    forget: (name) => void missed.delete(shapeKey(name)),
    refuse(name) {
      missed.delete(shapeKey(name))
      refused.add(shapeKey(name))
    },
    forgetUse: () => used.clear(),
    take() {
      const report = {missed: [...missed.values()], used: [...used]}
      missed.clear()
      used.clear()
      return report
    },
    add(report) {
      for (const {name, documents} of report.missed) miss(name, documents)
      for (const shape of report.used) used.add(shape)
    },
  }
}
