import {accessThrough} from '../groq/accessThrough.ts'
import type {DocumentSource} from '../groq/source.ts'

/** Documents read between two looks at the clock: about a millisecond when each must be parsed. */
const DOCUMENTS_BETWEEN_CHECKS = 32

/**
 * A source that calls `check` every so often while documents are read from it, so that a reader
 * can be stopped by what `check` throws.
 */
export const guardSource = (source: DocumentSource, check: () => void): DocumentSource => {
  let left = DOCUMENTS_BETWEEN_CHECKS
  const count = (): void => {
    if (--left > 0) return
    left = DOCUMENTS_BETWEEN_CHECKS
    check()
  }
  function* guard<Item>(items: Iterable<Item>): Generator<Item> {
    for (const item of items) {
      count()
      yield item
    }
  }
  const {access, json} = source
  return {
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
  }
}
