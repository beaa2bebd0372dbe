import type {Access} from '@copydesk/groq/engine'

import {type ShapeName, shapeKey} from './values/shapes.ts'

/** Which indexes readers have used, and which they have missed and what that cost. */
export interface Demand {
  /**
   * @param documents How many documents the reader has to read instead, about.
   * @param wanted What it would have read from the index.
   */
  miss(name: ShapeName, documents: number, wanted: Wanted): void
  use(shape: number): void
  missed(): readonly Miss[]
  used(): readonly number[]
  /** Forgets one miss: its index is being built. */
  forget(miss: Miss): void
  /** Forgets one miss and never notes its like again: no index would help. */
  refuse(miss: Miss): void
  /** All misses and uses, which are then forgotten here: for another thread to act on. */
  take(): DemandReport
  add(report: DemandReport): void
  forgetUse(): void
}

export interface DemandReport {
  readonly missed: readonly Miss[]
  readonly used: readonly number[]
}

/** A walk in order, or the documents of one access. */
export type Wanted = 'order' | Extract<Access, {by: 'value' | 'range' | 'defined'}>

export interface Miss {
  readonly name: ShapeName
  /** The last of its kind. */
  readonly wanted: Wanted
  /** Documents read for want of the index. */
  readonly documents: number
  /** How often it was asked for. */
  readonly times: number
}

/** Misses remembered at once: some queries are odd, and come once. */
const MAX_MISSED = 200

const missKey = (name: ShapeName, wanted: Wanted): string =>
  `${wanted === 'order' ? wanted : wanted.by}\n${shapeKey(name)}`

export const createDemand = (): Demand => {
  const missed = new Map<string, Miss>()
  const used = new Set<number>()
  const refused = new Set<string>()

  const add = (name: ShapeName, documents: number, wanted: Wanted, times: number): void => {
    const key = missKey(name, wanted)
    const before = missed.get(key)
    if (!before && (missed.size >= MAX_MISSED || refused.has(key))) return
    missed.set(key, {
      name,
      wanted,
      documents: documents + (before?.documents ?? 0),
      times: times + (before?.times ?? 0),
    })
  }

  return {
    miss: (name, documents, wanted) => add(name, documents, wanted, 1),
    use: (shape) => void used.add(shape),
    missed: () => [...missed.values()],
    used: () => [...used],
    forget: ({name, wanted}) => void missed.delete(missKey(name, wanted)),
    refuse({name, wanted}) {
      missed.delete(missKey(name, wanted))
      refused.add(missKey(name, wanted))
    },
    forgetUse: () => used.clear(),
    take() {
      const report = {missed: [...missed.values()], used: [...used]}
      missed.clear()
      used.clear()
      return report
    },
    add(report) {
      for (const {name, documents, wanted, times} of report.missed) {
        add(name, documents, wanted, times)
      }
      for (const shape of report.used) used.add(shape)
    },
  }
}
