import {accessThrough, type Budget, spend, type DocumentSource} from '@copydesk/groq/engine'

/** Units of work that a document stands for, beside what is charged for reading and parsing it. */
const UNITS_OF_DOCUMENT = 16
/** What is longer is counted document by document. */
const SHORT_LIST = 32

/** A source under guard, and who is on it. */
interface Guarded {
  readonly source: DocumentSource
  budget: Budget
}

const known = new WeakMap<DocumentSource, Guarded>()

/**
 * A source that charges a budget with the documents that are read from it, so that a reader
 * can be stopped by what the budget throws. One source serves one reader at a time: queries do not
 * interleave, and a wrapper made for each costs as much as finding a document.
 */
export const guardSource = (source: DocumentSource, budget: Budget): DocumentSource => {
  let guarded = known.get(source)
  if (guarded) guarded.budget = budget
  else known.set(source, (guarded = createGuarded(source, budget)))
  return guarded.source
}

const createGuarded = (source: DocumentSource, firstBudget: Budget): Guarded => {
  const count = (): void => spend(guarded.budget, UNITS_OF_DOCUMENT)
  function* countEach<Item>(items: Iterable<Item>): Generator<Item> {
    for (const item of items) {
      count()
      yield item
    }
  }
  /** A short list has been read already. */
  const guard = <Item>(items: Iterable<Item>): Iterable<Item> => {
    if (!Array.isArray(items) || items.length > SHORT_LIST) return countEach(items)
    count()
    return items
  }
  const {access, json} = source
  const guarded: Guarded = {
    budget: firstBudget,
    source: {
      scan: () => guard(source.scan()),
      get(id) {
        count()
        return source.get(id)
      },
      getMany: source.getMany,
      get loads() {
        return source.loads ?? 0
      },
      ...(access && {access: accessThrough(access, guard)}),
      ...(json && {json: accessThrough(json, guard)}),
    },
  }
  return guarded
}
