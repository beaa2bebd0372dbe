/**
 * Notes which indexes readers have used, which they have missed, and what that cost. Maintenance
 * builds and drops value indexes by these notes; threads send them to one another.
 */
import type {Access} from '@copydesk/groq/engine'

import {type IndexDefinition, definitionKey} from './values/valueIndexes.ts'

export interface IndexUsage {
  /**
   * Notes that an index is missing.
   * @param documents About how many documents must be read without it.
   * @param wanted What the reader would have read from the index.
   */
  miss(definition: IndexDefinition, documents: number, wanted: IndexRead): void
  use(index: number): void
  missed(): readonly Miss[]
  used(): readonly number[]
  /** Deletes a miss, because its index is being built. */
  forget(miss: Miss): void
  /** Deletes a miss and ignores the next ones, because an index would not help now. */
  refuse(miss: Miss): void
  /** Returns and clears all misses and uses, for another thread to act on. */
  take(): IndexUsageReport
  add(report: IndexUsageReport): void
  clearUsed(): void
}

export interface IndexUsageReport {
  readonly missed: readonly Miss[]
  readonly used: readonly number[]
}

/** A read that needs an index: in the order of a path, or by one access. */
export type IndexRead = 'order' | Extract<Access, {by: 'value' | 'range' | 'defined'}>

export interface Miss {
  readonly definition: IndexDefinition
  /** The most recent one. */
  readonly wanted: IndexRead
  /** Documents read because the index was missing. */
  readonly documents: number
  /** How often the index was missed. */
  readonly times: number
}

/** How many misses are kept: many unusual queries run only once. */
const MAX_MISSED = 200
/** Misses that are ignored after a refusal. Documents change, so it does not hold for ever. */
const IGNORED = 100

const missKey = (definition: IndexDefinition, wanted: IndexRead): string =>
  `${wanted === 'order' ? wanted : wanted.by}\n${definitionKey(definition)}`

export const createIndexUsage = (): IndexUsage => {
  const missed = new Map<string, Miss>()
  const used = new Set<number>()
  /** How many misses are still ignored. */
  const refused = new Map<string, number>()

  const add = (
    definition: IndexDefinition,
    documents: number,
    wanted: IndexRead,
    times: number,
  ): void => {
    const key = missKey(definition, wanted)
    const ignored = refused.get(key)
    if (ignored !== undefined) {
      if (ignored > times) refused.set(key, ignored - times)
      else refused.delete(key)
      return
    }
    const before = missed.get(key)
    if (!before && missed.size >= MAX_MISSED) return
    missed.set(key, {
      definition,
      wanted,
      documents: documents + (before?.documents ?? 0),
      times: times + (before?.times ?? 0),
    })
  }

  return {
    miss: (definition, documents, wanted) => add(definition, documents, wanted, 1),
    use: (index) => void used.add(index),
    missed: () => [...missed.values()],
    used: () => [...used],
    forget: ({definition, wanted}) => void missed.delete(missKey(definition, wanted)),
    refuse({definition, wanted}) {
      missed.delete(missKey(definition, wanted))
      refused.set(missKey(definition, wanted), IGNORED)
    },
    clearUsed: () => used.clear(),
    take() {
      const report = {missed: [...missed.values()], used: [...used]}
      missed.clear()
      used.clear()
      return report
    },
    add(report) {
      for (const {definition, documents, wanted, times} of report.missed) {
        add(definition, documents, wanted, times)
      }
      for (const index of report.used) used.add(index)
    },
  }
}
