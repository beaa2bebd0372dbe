import type {RowReader} from '../caches/rememberedRows.ts'
import {numberOf} from '../file/connection.ts'
import type {Counters} from '../file/counters.ts'
import type {Demand, Wanted} from './demand.ts'
import {PUBLISHED_LAYER} from './values/place.ts'
import type {Shape, Shapes} from './values/shapes.ts'
import type {Terms} from './words/terms.ts'

/** Finds the index over a path, and takes note when there is none. */
export interface IndexFor {
  access(access: Extract<Wanted, object>): Shape | undefined
  walk(type: string, path: string): Shape | undefined
  /** The index that is kept apart for each document referred to. */
  referring(id: string, type: string, path: string): Shape | undefined
}

/**
 * Counting what a missing index costs stops at this number, or at this share of the documents of the
 * type: a rough number will do, and the same number of misses is worth an index at any size.
 */
const ROUGHLY = 1000
const ROUGH_SHARE = 0.01

export const createIndexFor = (
  connection: RowReader,
  counters: Counters,
  terms: Terms,
  shapes: Shapes,
  demand: Demand,
): IndexFor => {
  const referrers = (id: string, type: string): number => {
    const target = terms.find(id)
    if (target === undefined) return 0
    const {total} = counters.of(PUBLISHED_LAYER, type)
    const row = connection.one(
      'SELECT count(*) FROM (SELECT 1 FROM reference WHERE target = ? AND type = ? LIMIT ?)',
      target,
      type,
      Math.max(ROUGHLY, Math.round(ROUGH_SHARE * total)),
    )
    return numberOf(row?.[0])
  }
  const find = (type: string | undefined, path: string, wanted: Wanted): Shape | undefined => {
    const name = {type: type ?? '', path, byReference: false}
    const shape = shapes.find(name)
    if (shape?.isReady) return shape
    demand.miss(name, counters.of(PUBLISHED_LAYER, type).total, wanted)
    return undefined
  }

  return {
    access: (access) => find(access.type, access.path, access),
    walk: (type, path) => find(type, path, 'order'),
    referring(id, type, path) {
      const name = {type, path, byReference: true}
      const shape = shapes.find(name)
      if (shape?.isReady) return shape
      demand.miss(name, referrers(id, type), 'order')
      return undefined
    },
  }
}
