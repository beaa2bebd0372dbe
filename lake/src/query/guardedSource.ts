import {accessThrough} from '../groq/accessThrough.ts'
import type {DocumentSource} from '../groq/source.ts'

/** Documents read between two looks at the clock: about a millisecond when each must be parsed. */
const DOCUMENTS_BETWEEN_CHECKS = 32

/** A source under guard, and who is on it. */
interface Guarded {
  readonly source: DocumentSource
  check: () => void
}

const known = new WeakMap<DocumentSource, Guarded>()

/**
 * A source that calls `check` every so often while documents are read from it, so that a reader
 * can be stopped by what `check` throws. One source serves one reader at a time: queries do not
 * interleave, and a wrapper made for each costs as much as finding a document.
 */
export const guardSource = (source: DocumentSource, check: () => void): DocumentSource => {
  let guarded = known.get(source)
  if (guarded) guarded.check = check
  else known.set(source, (guarded = createGuarded(source, check)))
  return guarded.source
}

const createGuarded = (source: DocumentSource, firstCheck: () => void): Guarded => {
  let left = DOCUMENTS_BETWEEN_CHECKS
  const count = (): void => {
    if (--left > 0) return
    left = DOCUMENTS_BETWEEN_CHECKS
    guarded.check()
  }
  function* countEach<Item>(items: Iterable<Item>): Generator<Item> {
    for (const item of items) {
      count()
      yield item
    }
  }
  /** A short list has been read already. */
  const guard = <Item>(items: Iterable<Item>): Iterable<Item> => {
    if (!Array.isArray(items) || items.length > DOCUMENTS_BETWEEN_CHECKS) return countEach(items)
    count()
    return items
  }
  const {access, json} = source
  const guarded: Guarded = {
    check: firstCheck,
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
