/**
 * Wraps a dataset's document source so that every document read is charged to a query's budget, which
 * can stop the query.
 */
import {
  accessThrough,
  type Budget,
  createBudget,
  spend,
  type DocumentSource,
} from '@copydesk/groq/engine'

import {memoiseByObject} from '../core/cache/memoise.ts'

/** Cost of a document in units, in addition to reading and parsing it. */
const UNITS_OF_DOCUMENT = 16
/** Longer lists are charged document by document. */
const SHORT_LIST = 32

/** A wrapped source, and the budget of the query that uses it now. */
interface Guarded {
  readonly source: DocumentSource
  budget: Budget
}

const NO_BUDGET = createBudget({timeLimit: 0})

/** Reused, because making one costs as much as finding a document. */
const guardedOf = memoiseByObject('guarded', (source: DocumentSource) => createGuarded(source))

/**
 * Charges `budget` for each document read from the source; the budget throws when it is used up.
 * Queries do not interleave, so a wrapper serves one at a time.
 */
export const guardSource = (source: DocumentSource, budget: Budget): DocumentSource => {
  const guarded = guardedOf(source)
  guarded.budget = budget
  return guarded.source
}

const createGuarded = (source: DocumentSource): Guarded => {
  const count = (): void => spend(guarded.budget, UNITS_OF_DOCUMENT)
  function* countEach<Item>(items: Iterable<Item>): Generator<Item> {
    for (const item of items) {
      count()
      yield item
    }
  }
  /** Short lists are charged as one: they have been read already. */
  const guard = <Item>(items: Iterable<Item>): Iterable<Item> => {
    if (!Array.isArray(items) || items.length > SHORT_LIST) return countEach(items)
    count()
    return items
  }
  const {access, json} = source
  const guarded: Guarded = {
    budget: NO_BUDGET,
    source: {
      scan: () => guard(source.scan()),
      get(id) {
        count()
        return source.get(id)
      },
      ...(access && {access: accessThrough(access, guard)}),
      ...(json && {json: accessThrough(json, guard)}),
    },
  }
  return guarded
}
